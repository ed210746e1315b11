import { expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { compareAnswers } from '../compare.ts';
import { findVectorFiles } from '../find-vectors.ts';
import { readVector } from '../vector.ts';
import { renumber } from './renumber.ts';

type Members = Readonly<Record<string, unknown>>;
type Message = Readonly<Record<string, unknown>> & { readonly msg: number };

const message = (msg: number, more: object = {}): Message => ({ msg, sender: 's@origin.test', ...more });
const delivery = (msg: number, to: string, more: object = {}): object => ({ msg, to, transport: 'smtp', ...more });

test('numbers depend on what messages are, not on the order in which they were seen', () => {
  const parts = (bounce: number, forward: number): Members => ({
    messages: [
      message(1),
      message(bounce, { sender: '', origin: 'bounce', of: 1 }),
      message(forward, { origin: 'forward', of: 1 }),
    ],
    deliveries: [delivery(1, 'a@x.test'), delivery(bounce, 's@origin.test'), delivery(forward, 'b@x.test')],
    log: [`postfix/cleanup: <Q${forward}>: warning: x`, '<Q1>'],
  });
  expect(renumber(parts(3, 2))).toEqual(renumber(parts(2, 5)));
});

test('children of the same kind are told apart by their recipients', () => {
  const parts = (first: number, second: number): Members => ({
    messages: [
      message(1),
      ...[first, second].map((msg) => message(msg, { origin: 'forward', of: 1, full: `id <Q${msg}>` })),
    ],
    deliveries: [delivery(first, 'a@x.test'), delivery(second, 'b@x.test')],
  });
  expect(renumber(parts(2, 3))).toEqual(renumber(parts(3, 2)));
});

test('what another message is the parent of is no equal', () => {
  const parts = (of: number): Members => ({
    messages: [message(1), message(2, { origin: 'forward', of: 1 }), message(3, { sender: '', origin: 'bounce', of })],
    deliveries: [delivery(2, 'a@x.test'), delivery(3, 's@origin.test')],
  });
  expect(renumber(parts(1))).not.toEqual(renumber(parts(2)));
});

test('a queue ID that became no message has its place in the log', () => {
  const log = (id: number): Members => ({ log: [`postfix/smtpd: <Q${id}>: reject: x`] });
  expect(renumber(log(4))).toEqual(renumber(log(1)));
});

const vectors = await Promise.all(
  (await findVectorFiles([fileURLToPath(new URL('../vectors', import.meta.url))])).map(readVector),
);
const recorded = vectors.flatMap(({ name, probes }) =>
  probes.flatMap(({ kind, expected }, i) =>
    kind === 'smtp' || kind === 'session' ? [{ name: `${name}#${i}`, expected: expected }] : [],
  ),
);

/** The same outcome as another run might number and order it. */
function disturb(answer: Members): Members {
  const shift = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/<Q(\d+)>/g, (_, id: string) => `<Q${100 - Number(id)}>`);
    if (Array.isArray(value)) return value.map(shift);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        (name === 'msg' || name === 'of') && typeof member === 'number' ? 100 - member : shift(member),
      ]),
    );
  };
  const reversed = Object.entries(answer).map(([name, value]) => [
    name,
    ['deliveries', 'messages', 'files', 'sink'].includes(name) && Array.isArray(value) ? value.toReversed() : value,
  ]);
  return shift(Object.fromEntries(reversed)) as Members;
}

test('whatever Postfix was recorded to do agrees with itself, numbered and ordered otherwise', () => {
  const differing = recorded.filter(
    ({ expected }) => compareAnswers(renumber(expected), renumber(disturb(expected))).length > 0,
  );
  expect(differing.map(({ name }) => name)).toEqual([]);
});

test.for([
  { what: 'a recipient', from: /"to":"(?:[^"\\]|\\.)+"/, to: '"to":"other@x.test"' },
  { what: 'a status', from: /"status":"\w+"/, to: '"status":"odd"' },
  { what: 'a next hop', from: /"nexthop":"(?:[^"\\]|\\.)*"/, to: '"nexthop":"odd"' },
  { what: 'a sender', from: /"sender":"(?:[^"\\]|\\.)*"/, to: '"sender":"odd"' },
  { what: 'an origin', from: /"origin":"\w+"/, to: '"origin":"odd"' },
  { what: 'a reply', from: /"code":\d+/, to: '"code":299' },
  { what: 'a line of the log', from: /"log":\["(?:[^"\\]|\\.)*/, to: '"log":["odd' },
])('whatever was recorded differs once $what is another', ({ from, to }) => {
  const changed = recorded.flatMap(({ name, expected }) => {
    const text = JSON.stringify(expected);
    if (!from.test(text)) return [];
    const other = JSON.parse(text.replace(from, to)) as Members;
    return [{ name, differences: compareAnswers(renumber(expected), renumber(other)) }];
  });
  expect(changed.length).toBeGreaterThan(20);
  expect(changed.filter(({ differences }) => differences.length === 0)).toEqual([]);
});
