import { expect, test } from 'vitest';
import { parseHeaderFields, splitHeaderBlock } from '../../src/message/header-fields.ts';

const octets = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('fields come in the order of the wire: as written, decoded, and as sent', () => {
  const raw = octets(
    'X-B: 1\r\nsubject: =?utf-8?q?a?=\r\n\t=?utf-8?q?b?=\r\nX-B:2\r\nX-A: \xc3\xbc\r\nEmpty:\r\n\r\nX-C: body',
  );
  expect(parseHeaderFields(raw)).toEqual([
    { name: 'X-B', value: '1', rawValue: '1', raw: 'X-B: 1' },
    {
      name: 'subject',
      value: 'ab',
      rawValue: '=?utf-8?q?a?= =?utf-8?q?b?=',
      raw: 'subject: =?utf-8?q?a?=\r\n\t=?utf-8?q?b?=',
    },
    { name: 'X-B', value: '2', rawValue: '2', raw: 'X-B:2' },
    { name: 'X-A', value: 'ü', rawValue: 'ü', raw: 'X-A: ü' },
    { name: 'Empty', value: '', rawValue: '', raw: 'Empty:' },
  ]);
});

test.for([
  { raw: 'A: 1\r\n\r\nbody', end: 6, bodyStart: 8, why: 'an empty line' },
  { raw: 'A: 1\n\nbody', end: 5, bodyStart: 6, why: 'an empty line of bare LF' },
  { raw: 'A: 1\r\n', end: 6, bodyStart: 6, why: 'no body' },
  { raw: 'A: 1', end: 4, bodyStart: 4, why: 'not even a line end' },
  { raw: 'A: 1\r\nbody', end: 6, bodyStart: 6, why: 'a line that is no field' },
  { raw: '\r\nbody', end: 0, bodyStart: 2, why: 'no field' },
  { raw: 'body', end: 0, bodyStart: 0, why: 'neither' },
  { raw: '', end: 0, bodyStart: 0, why: 'nothing' },
])('the block of $raw ends at $end: $why', ({ raw, end, bodyStart }) => {
  expect(splitHeaderBlock(octets(raw))).toMatchObject({ end, bodyStart });
});

test('500 fields are 500 fields', () => {
  const raw = octets(Array.from({ length: 500 }, (_, index) => `X-${index}: ${index}\r\n`).join(''));
  expect(parseHeaderFields(raw)).toHaveLength(500);
});

test('a name that every object has is only a name', () => {
  expect(parseHeaderFields(octets('__proto__: 1\r\nconstructor: 2\r\n')).map(({ name }) => name)).toEqual([
    '__proto__',
    'constructor',
  ]);
});
