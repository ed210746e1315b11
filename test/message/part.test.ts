import { expect, test } from 'vitest';
import { decodeOctets, decodePart, decodeText, findPart } from '../../src/message/part.ts';
import type { MimePart } from '../../src/message/parsed.ts';

const octets = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

test.for([
  { encoding: 'base64', encoded: 'SGVs\r\nbG8=\r\n', decoded: 'Hello', why: 'lines' },
  { encoding: 'base64', encoded: 'SGVsbG8', decoded: 'Hello', why: 'no padding' },
  { encoding: 'base64', encoded: 'SGVsbG', decoded: 'Hell', why: 'cut off' },
  { encoding: 'base64', encoded: 'S!G V§s*bG8=', decoded: 'Hello', why: 'garbage between' },
  { encoding: 'base64', encoded: 'SGVsbA==\r\nbw==', decoded: 'Hello', why: 'encoded in pieces' },
  { encoding: 'base64', encoded: 'SGVsb===SGVs\r\nbG8=', decoded: 'HelHello', why: 'a piece that is broken' },
  { encoding: 'base64', encoded: '', decoded: '', why: 'nothing' },
  { encoding: 'quoted-printable', encoded: 'a=20b=3D=C3=BC', decoded: 'a b=\xc3\xbc', why: 'escapes' },
  { encoding: 'quoted-printable', encoded: 'a=\r\nb= \t\nc=', decoded: 'abc', why: 'soft line breaks' },
  {
    encoding: 'quoted-printable',
    encoded: 'a \t\r\nb  ',
    decoded: 'a\r\nb  ',
    why: 'blanks before a line end were added',
  },
  { encoding: 'quoted-printable', encoded: 'a=20\r\nb', decoded: 'a \r\nb', why: 'but not those that are escaped' },
  { encoding: 'quoted-printable', encoded: '=ZZ=4 =', decoded: '=ZZ=4 ', why: 'broken escapes stay' },
  { encoding: 'quoted-printable', encoded: '=c3=Bc', decoded: '\xc3\xbc', why: 'either case' },
  { encoding: '7bit', encoded: 'a=20', decoded: 'a=20', why: 'no encoding' },
  { encoding: 'x-uuencode', encoded: 'a=20', decoded: 'a=20', why: 'an unknown encoding is none' },
])('$encoding $encoded is $decoded: $why', ({ encoding, encoded, decoded }) => {
  expect(Buffer.from(decodePart(octets(encoded), { encoding })).toString('latin1')).toBe(decoded);
});

test.for([
  { charset: 'utf-8', latin1: '\xef\xbb\xbf\xc3\xbc', text: 'ü', why: 'a byte order mark is dropped' },
  { charset: 'UTF-8', latin1: '\xfc', text: '\ufffd', why: 'what is invalid shows' },
  { charset: 'iso-8859-1', latin1: '\x80\xfc', text: '€ü', why: 'as browsers: windows-1252' },
  { charset: 'us-ascii', latin1: '\xc3\xbc', text: 'ü', why: 'a mailer that did not think' },
  { charset: undefined, latin1: '\xc3\xbc', text: 'ü', why: 'none, valid UTF-8' },
  { charset: undefined, latin1: '\xfc', text: 'ü', why: 'none, not UTF-8' },
  { charset: 'martian', latin1: '\xfc', text: 'ü', why: 'unknown' },
  { charset: 'utf-7', latin1: '+ADw-script+AD4-', text: '+ADw-script+AD4-', why: 'hides markup: not decoded' },
  { charset: ' GBK ', latin1: '\xc4\xe3', text: '你', why: 'blanks and case' },
  { charset: 'cp932', latin1: '\x93\xfa', text: '日', why: 'a Windows name' },
  { charset: 'iso-8859-15', latin1: '\xa4', text: '€', why: 'Latin-9' },
  { charset: 'utf-16', latin1: 'a\0', text: 'a', why: 'UTF-16' },
])('text in $charset: $why', ({ charset, latin1, text }) => {
  expect(decodeText(octets(latin1), charset)).toBe(text);
});

test('octets of an unnamed character set are UTF-8 if they can be', () => {
  expect([decodeOctets(octets('\xe2\x82\xac')), decodeOctets(octets('\x80'))]).toEqual(['€', '€']);
});

test('a part is found by its ID', () => {
  const part = (partId: string, children: readonly MimePart[] = []): MimePart => ({
    partId,
    contentType: 'text/plain',
    encoding: '7bit',
    headerStart: 0,
    bodyStart: 0,
    bodyEnd: 0,
    sizeBytes: 0,
    children,
  });
  const leaf = part('1.2');
  const root = part('', [part('1', [part('1.1'), leaf]), part('2')]);
  expect(findPart(root, '1.2')).toBe(leaf);
  expect(findPart(root, '')).toBe(root);
  expect(findPart(root, '3')).toBeUndefined();
});
