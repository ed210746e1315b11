import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTextPart } from '../../src/message/text-part.ts';

const octets = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');
const plain = { contentType: 'text/plain', encoding: '8bit', charset: 'utf-8' };

test.for([
  { sent: 'a\r\nb\r\n', why: 'CRLF' },
  { sent: 'a\nb\n', why: 'LF' },
  { sent: 'a\r\nb\nc\r\n\r\n\nd', why: 'both' },
  { sent: 'a\rb\r\r\nc\n', why: 'bare CR, too' },
  { sent: '\n\r\n', why: 'nothing else' },
  { sent: '', why: 'nothing' },
])('line ends stay as sent: $why', async ({ sent }) => {
  expect(await readTextPart(octets(sent), plain)).toBe(sent);
  expect(await readTextPart(octets(sent), { ...plain, contentType: 'text/html' })).toBe(sent);
  const base64 = octets(Buffer.from(sent).toString('base64'));
  expect(await readTextPart(base64, { ...plain, encoding: 'base64' })).toBe(sent);
});

test('line ends of quoted-printable are those of its lines and of its escapes', async () => {
  const encoded = octets('a=\r\nb \r\nc=0D=0Ad=0Ae\r\n');
  expect(await readTextPart(encoded, { ...plain, encoding: 'quoted-printable' })).toBe('ab\r\nc\r\nd\ne\r\n');
});

test.for([
  { charset: 'utf-16', text: '\ufeffa\r\nb\r\n', read: 'a\r\nb\r\n', why: 'a CR takes two octets' },
  { charset: 'utf-16le', text: 'a\r\nb\nc\n', read: 'a\r\nb\nc\n', why: 'line by line' },
  { charset: 'utf-16le', text: 'ਊਊਊ\r\nb\r\nc\n', read: 'ਊਊਊ\r\nb\r\nc\r\n', why: 'those of most lines, if in doubt' },
  { charset: 'utf-16le', text: 'ਊਊਊ\r\nb\nc\n', read: 'ਊਊਊ\nb\nc\n', why: 'be they LF' },
])('line ends in $charset: $why', async ({ charset, text, read }) => {
  expect(await readTextPart(Buffer.from(text, 'utf16le'), { ...plain, charset })).toBe(read);
});

test.for([
  { charset: 'utf-8', latin1: '\xef\xbb\xbf\xc3\xbc', text: 'ü', why: 'a byte order mark is dropped' },
  { charset: 'utf-8', latin1: '\xfc', text: '\ufffd', why: 'what is invalid shows' },
  { charset: 'iso-8859-1', latin1: '\x80\x81\xfc', text: '€\x81ü', why: 'as browsers: windows-1252' },
  { charset: 'us-ascii', latin1: '\xc3\xbc', text: 'ü', why: 'a mailer that did not think' },
  { charset: undefined, latin1: '\xc3\xbc', text: 'ü', why: 'none, valid UTF-8' },
  { charset: undefined, latin1: '\xfc', text: 'ü', why: 'none, not UTF-8' },
  { charset: 'martian', latin1: '\xfc', text: 'ü', why: 'unknown' },
  { charset: 'a"\r\nContent-Type: text/x', latin1: '\xfc', text: 'ü', why: 'hostile' },
  { charset: 'utf-7', latin1: '+ADw-script+AD4-', text: '+ADw-script+AD4-', why: 'hides markup: not decoded' },
  { charset: 'cp932', latin1: '\x93\xfa', text: '日', why: 'a Windows name' },
  { charset: 'cp437', latin1: '\x81', text: 'ü', why: 'of DOS' },
  { charset: 'utf-16', latin1: '\xfe\xff\x00a', text: 'a', why: 'the other octet first' },
])('text in $charset: $why', async ({ charset, latin1, text }) => {
  const part = { contentType: 'text/plain', encoding: '8bit', ...(charset === undefined ? {} : { charset }) };
  expect(await readTextPart(octets(latin1), part)).toBe(text);
});

test('the report of a bounce is text; what looks like a delimiter or a field is text, too', async () => {
  const report = 'Action: failed\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n--b--\r\n';
  expect(await readTextPart(octets(report), { ...plain, contentType: 'message/delivery-status' })).toBe(report);
});

test('whatever the text, it is read as it was sent', async () => {
  const text = fc.array(fc.oneof(fc.constantFrom('\r', '\n', '\r\n', '--', ' '), fc.string({ unit: 'grapheme' })));
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('8bit', 'base64'), async (pieces, encoding) => {
      const sent = pieces.join('');
      const encoded = octets(Buffer.from(sent).toString(encoding === 'base64' ? 'base64' : 'latin1'));
      const read = await readTextPart(encoded, { ...plain, encoding });
      expect(read).toBe(sent.startsWith('\ufeff') ? sent.slice(1) : sent);
    }),
    { numRuns: 200 },
  );
});
