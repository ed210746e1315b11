import { expect, test } from 'vitest';
import { toDisposition } from '../../../src/http/api/content-disposition.ts';

test.for([
  { name: 'a.pdf', ascii: 'a.pdf', encoded: 'a.pdf', why: 'an ordinary name' },
  { name: 'Grüße 1.txt', ascii: 'Gr__e 1.txt', encoded: 'Gr%C3%BC%C3%9Fe%201.txt', why: 'a name in UTF-8' },
  { name: '../../home/node/lib/routes.js', ascii: 'routes.js', encoded: 'routes.js', why: 'no path' },
  { name: 'C:\\windows\\x.exe', ascii: 'x.exe', encoded: 'x.exe', why: 'no path of Windows' },
  { name: '/etc/', ascii: 'attachment', encoded: 'attachment', why: 'nothing is left' },
  { name: '..', ascii: 'attachment', encoded: 'attachment', why: 'no directory' },
  { name: '.bashrc', ascii: 'bashrc', encoded: 'bashrc', why: 'no hidden file' },
  { name: 'a"; filename="b', ascii: 'a; filename=b', encoded: 'a%3B%20filename%3Db', why: 'a quote ends nothing' },
  { name: 'a\r\nSet-Cookie: x=y', ascii: 'aSet-Cookie x=y', encoded: 'aSet-Cookie%20x%3Dy', why: 'no header' },
  { name: 'a\0.txt', ascii: 'a.txt', encoded: 'a.txt', why: 'no NUL' },
  { name: 'evil\u202Etxt.exe', ascii: 'eviltxt.exe', encoded: 'eviltxt.exe', why: 'text is not turned around' },
  { name: '\uD800a', ascii: 'a', encoded: 'a', why: 'half a character is none' },
])('$name is saved as $ascii: $why', ({ name, ascii, encoded }) => {
  expect(toDisposition('attachment', name)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
});

test('a name of 4 KB is cut, at a whole character', () => {
  expect(toDisposition('attachment', '😀'.repeat(1024))).toContain(`filename*=UTF-8''${'%F0%9F%98%80'.repeat(200)}`);
});
