import { expect, test } from 'vitest';
import { openIntakeBudget } from '../../../src/daemons/smtpd/intake-budget.ts';

test('beyond the budget only the one that has held for the longest reads on', () => {
  const budget = openIntakeBudget(100);
  const oldest = budget.open();
  const younger = budget.open();

  oldest.hold(60);
  younger.hold(60);

  expect(oldest.mayRead(() => {})).toBe(true);
  expect(younger.mayRead(() => {})).toBe(false);
});

test('who had to wait goes on once there is room', async () => {
  const budget = openIntakeBudget(100);
  const oldest = budget.open();
  const younger = budget.open();
  const resumed: string[] = [];
  oldest.hold(101);
  younger.mayRead(() => void resumed.push('younger'));

  oldest[Symbol.dispose]();
  await Promise.resolve();

  expect(resumed).toEqual(['younger']);
  expect(younger.mayRead(() => {})).toBe(true);
});

test('when the oldest is done and there is still no room, the next oldest goes on', async () => {
  const budget = openIntakeBudget(100);
  const [first, second, third] = [budget.open(), budget.open(), budget.open()];
  const resumed: string[] = [];
  first.hold(50);
  second.hold(90);
  third.hold(90);
  second.mayRead(() => void resumed.push('second'));
  third.mayRead(() => void resumed.push('third'));

  first[Symbol.dispose]();
  await Promise.resolve();

  expect(resumed).toEqual(['second']);
});

test('a share may be disposed of twice', () => {
  const budget = openIntakeBudget(10);
  const share = budget.open();
  share.hold(5);

  share[Symbol.dispose]();
  share[Symbol.dispose]();

  const next = budget.open();
  next.hold(10);
  expect(budget.open().mayRead(() => {})).toBe(true);
});
