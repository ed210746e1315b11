import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { openInspector } from '../../../src/message/inspect/inspector.ts';
import { makePng } from '../../support/pictures.ts';

test('pictures and HTML are looked at in a thread, in the order of asking', async () => {
  await using inspector = openInspector({ timeLimitMs: 60_000, clock: systemClock, log: silentLog });
  const octets = makePng({ width: 9, height: 9 });
  const [thumbnail, check] = await Promise.all([inspector.thumbnail(octets), inspector.checkHtml('<video>')]);
  expect(Buffer.from(thumbnail.subarray(0, 2)).toString('hex')).toBe('ffd8');
  expect(check.warnings.map(({ slug }) => slug)).toEqual(['html-video']);
  expect(octets.byteLength).toBeGreaterThan(0);
});

test('HTML is made text in the thread, too', async () => {
  await using inspector = openInspector({ timeLimitMs: 60_000, clock: systemClock, log: silentLog });
  expect(await inspector.htmlAsText('<p>Grüße <b>Ada</b>')).toBe('Grüße Ada');
});

test('what takes too long is given up, and what comes after it is answered', async () => {
  await using inspector = openInspector({ timeLimitMs: 1_000, clock: systemClock, log: silentLog });
  // Each of ten thousand rules goes up a tower of twenty thousand elements.
  const rules = Array.from({ length: 3000 }, (_, index) => `div div div div p${index} i{gap:1px}`).join('');
  const slow = inspector.checkHtml(`<style>${rules}</style>${'<div>'.repeat(40_000)}${'<i>'.repeat(10_000)}`);
  const next = inspector.checkHtml('<video>').catch(() => inspector.checkHtml('<video>'));
  await expect(slow).rejects.toMatchObject({ code: 'NOT_INSPECTED', message: 'it took longer than 1 s' });
  expect((await next).warnings).toHaveLength(1);
});

test('a closed one answers nobody', async () => {
  const inspector = openInspector({ timeLimitMs: 1_000, clock: systemClock, log: silentLog });
  const waiting = expect(inspector.checkHtml('<p>')).rejects.toMatchObject({ code: 'NOT_INSPECTED' });
  await inspector[Symbol.asyncDispose]();
  await waiting;
  await expect(inspector.checkHtml('<p>')).rejects.toMatchObject({ message: 'the server stops' });
});
