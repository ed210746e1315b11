import { expect, test } from 'vitest';
import { visitMessageKeys } from '../../../src/rules/tables/message-keys.ts';

const MESSAGE = [
  'Subject: a',
  '  b',
  'Content-Type: multipart/mixed; boundary="xx"',
  '',
  'pre',
  '--xx',
  'X-Part: c',
  '',
  'text',
  '--xx--',
  'post',
];

test.for([
  { header: true, body: false, mime: false, keys: ['Subject: a\n  b', MESSAGE[2]] },
  { header: true, body: false, mime: true, keys: ['Subject: a\n  b', MESSAGE[2], 'X-Part: c'] },
  { header: false, body: true, mime: false, keys: MESSAGE.slice(3) },
  { header: false, body: true, mime: true, keys: ['', 'pre', '--xx', '', 'text', '--xx--', 'post'] },
])('with headers $header, body $body and MIME $mime, the keys are $keys', ({ keys, ...choice }) => {
  const visited: string[] = [];

  visitMessageKeys(MESSAGE, choice, (key) => visited.push(key));

  expect(visited).toEqual(keys);
});

test.for(['no header', ' x: y', '\xff: y'])('%s at the beginning is the body already', (line) => {
  const visited: string[] = [];

  visitMessageKeys([line, 'A: b'], { header: true, body: false, mime: false }, (key) => visited.push(key));

  expect(visited).toEqual([]);
});
