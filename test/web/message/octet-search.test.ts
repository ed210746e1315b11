import { expect, test } from 'vitest';
import { findInOctets, FOUND_MAX } from '../../../web/src/message/octet-search.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

async function find(pieces: readonly string[], needle: string) {
  return await findInOctets(pieces.map(octets), needle, {
    pause: async () => {},
    signal: new AbortController().signal,
  });
}

test.for([
  { pieces: ['one two one'], needle: 'ONE', at: [0, 8], why: 'case doesn’t matter' },
  { pieces: ['on', 'e tw', 'o'], needle: 'one two', at: [0], why: 'it may reach over several pieces' },
  { pieces: ['aaaa'], needle: 'aa', at: [0, 2], why: 'places don’t overlap' },
  { pieces: ['aa', 'aa'], needle: 'aa', at: [0, 2], why: 'nor over a joint' },
  { pieces: ['a', 'a', 'a'], needle: 'aa', at: [0], why: 'an octet counts once' },
  { pieces: ['Grüße, Grüße'], needle: 'grüße', at: [0, 9], why: 'offsets are those of octets' },
  { pieces: ['認証コード'], needle: 'コード', at: [6], why: 'whatever the script' },
  { pieces: ['ㄱ'], needle: 'Ä', at: [], why: 'another character with octets that look like its capitals is none' },
  { pieces: ['a.b'], needle: 'a*b', at: [], why: 'it is no pattern' },
  { pieces: ['x'], needle: '', at: [], why: 'nothing is nowhere' },
])('$needle in $pieces is at $at: $why', async ({ pieces, needle, at }) => {
  expect(await find(pieces, needle)).toEqual({ at, isCut: false });
});

test('so many places are listed, and that there are more is said', async () => {
  const { at, isCut } = await find(['x'.repeat(FOUND_MAX + 1)], 'x');
  expect([at.length, isCut]).toEqual([FOUND_MAX, true]);
});

test('the page gets to breathe, and may give up', async () => {
  const abort = new AbortController();
  let pauses = 0;
  const pause = async (): Promise<void> => {
    pauses += 1;
    if (pauses === 2) abort.abort();
  };
  const large = new Uint8Array(5 * 1024 * 1024);
  await expect(findInOctets([large], 'x', { pause, signal: abort.signal })).rejects.toThrow();
  expect(pauses).toBe(2);
});
