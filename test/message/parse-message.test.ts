import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBodies, parseMessage } from '../../src/message/parse-message.ts';
import { decodePart, findPart } from '../../src/message/part.ts';
import type { MimePart, ParseOutcome } from '../../src/message/parsed.ts';
import * as mails from '../support/mails/corpus.ts';

type Parsed = Exclude<ParseOutcome, { failure: string }>;

async function parsed(raw: Uint8Array): Promise<Parsed> {
  const outcome = await parseMessage(raw);
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome;
}

function all(part: MimePart): readonly MimePart[] {
  return [part, ...part.children.flatMap(all)];
}

function contentOf(raw: Buffer, root: MimePart, partId: string): string {
  const part = findPart(root, partId);
  if (!part) throw new Error(`there is no part ${partId}`);
  return Buffer.from(decodePart(raw.subarray(part.bodyStart, part.bodyEnd), part)).toString('latin1');
}

test('a plain message has a snippet, a link, a code, and one part', async () => {
  const { parsed: message, searchText, fileNames } = await parsed(mails.plain);
  expect(message).toMatchObject({
    summary: { subject: 'hello', messageId: '1@example.test' },
    snippet: 'Hello Bob, your code is 123456. https://example.test/a?b=1.',
    hasText: true,
    hasHtml: false,
    links: ['https://example.test/a?b=1'],
    codes: ['123456'],
    attachmentCount: 0,
    inlineCount: 0,
    findings: [],
  });
  expect(message.root).toMatchObject({ partId: '0', contentType: 'text/plain', encoding: '7bit', children: [] });
  expect(searchText).toBe(message.snippet);
  expect(fileNames).toEqual([]);
});

test('sums and size are those of the decoded octets', async () => {
  const { root } = (await parsed(mails.related)).parsed;
  expect(contentOf(mails.related, root, '2')).toBe('%PDF-1.7');
  expect(findPart(root, '2')).toMatchObject({
    sizeBytes: 8,
    sums: {
      md5: 'f87357c6cdc4f067e19f42aebabc6fb7',
      sha1: 'baf6c1a3fb25f0af5aabbc32aa841e27cb025020',
      sha256: '86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b',
    },
  });
});

test('text and HTML of the same: the snippet is of the HTML, both bodies are there', async () => {
  const { parsed: message } = await parsed(mails.alternative);
  expect(message).toMatchObject({ snippet: 'as HTML', hasText: true, hasHtml: true });
  expect(await parseBodies(mails.alternative)).toEqual({ text: 'as text', html: '<p>as <b>HTML</b></p>', standIn: '' });
});

test('parts have IDs by their place; what says that it is attached is to be saved, what says nothing is shown', async () => {
  const { parsed: message, fileNames } = await parsed(mails.related);
  expect(all(message.root).map(({ partId, contentType, disposition }) => [partId, contentType, disposition])).toEqual([
    ['', 'multipart/mixed', undefined],
    ['1', 'multipart/related', undefined],
    ['1.1', 'text/html', undefined],
    ['1.2', 'image/png', undefined],
    ['2', 'application/pdf', 'attachment'],
    ['3', 'image/png', 'inline'],
    ['4', 'application/octet-stream', undefined],
  ]);
  expect(message).toMatchObject({ attachmentCount: 2, inlineCount: 2 });
  expect(findPart(message.root, '1.2')).toMatchObject({ contentId: 'logo@example.test', fileName: 'logo.png' });
  expect(fileNames).toEqual(['logo.png', 'a.pdf', 'b.png']);
});

test('file names are decoded: RFC 2231, in pieces, and as mailers do it', async () => {
  expect((await parsed(mails.fileNames)).fileNames).toEqual(['ü a.txt', 'ü b.txt', 'ü c.txt', 'd.txt']);
});

test.for(mails.charsets)('text in $charset is read', async ({ raw, text }) => {
  expect((await parsed(raw)).parsed.snippet).toBe(text);
  expect(await parseBodies(raw)).toEqual({ text, html: '', standIn: '' });
});

test('an attached message is one part', async () => {
  const { root } = (await parsed(mails.forwarded)).parsed;
  expect(all(root).map(({ contentType }) => contentType)).toEqual(['multipart/mixed', 'text/plain', 'message/rfc822']);
  expect(contentOf(mails.forwarded, root, '2')).toMatch(/^From: Ada .*inner$/s);
});

test('the report of a bounce is text', async () => {
  expect((await parsed(mails.bounce)).parsed.snippet).toBe('it bounced -- Action: failed Status: 5.1.1');
});

test.for(Object.entries(mails.lossy))('%s: the octets that no part shows are a finding', async ([, raw]) => {
  const { parsed: message, searchText } = await parsed(raw);
  expect(message.findings.map(({ code }) => code)).toEqual(['lost-octets']);
  expect(searchText).not.toContain('lost');
});

test('names that would be paths are only names', async () => {
  const { parsed: message } = await parsed(mails.hostileParts);
  expect(message.root.children).toHaveLength(mails.hostileNames.length);
  expect(message.attachmentCount).toBe(mails.hostileNames.length);
  expect(message.root.children[0]).toMatchObject({ fileName: '../../../etc/passwd', contentId: '../../../etc/passwd' });
});

test('300 parts are 300 parts', async () => {
  const { root, inlineCount } = (await parsed(mails.manyParts)).parsed;
  expect(inlineCount).toBe(300);
  expect(contentOf(mails.manyParts, root, '300')).toBe('299');
});

test('1,000 multiparts in each other are parsed, more are a failure with a reason', async () => {
  expect((await parsed(mails.nested(1_000))).parsed.snippet).toBe('innermost');
  expect(await parseMessage(mails.nested(1_100))).toEqual({ failure: 'parts are nested more than 1000 deep' });
});

test('a body that forgot the empty line is body', async () => {
  const raw = Buffer.from('Subject: a\r\nHello,\r\nthis is text: all of it\r\n\r\nand more\r\n');
  const { parsed: message } = await parsed(raw);
  expect(message).toMatchObject({ summary: { subject: 'a' }, snippet: 'Hello, this is text: all of it and more' });
  expect(contentOf(raw, message.root, '0')).toBe('Hello,\r\nthis is text: all of it\r\n\r\nand more\r\n');
});

test('of very much text the first 8 MB are shown, and a finding says so', async () => {
  const raw = Buffer.from(`Subject: long\r\n\r\n${'line\r\n'.repeat(2_000_000)}`);
  const { findings, root } = (await parsed(raw)).parsed;
  expect(findings.map(({ code }) => code)).toEqual(['text-cut']);
  expect(root.sizeBytes).toBe(12_000_000);
  expect((await parseBodies(raw)).text.length).toBe(8 * 1024 * 1024);
});

test.for([
  {
    name: 'a header of 5 MB',
    raw: Buffer.from(`X: ${'x'.repeat(5_000_000)}\r\n\r\n`),
    reason: 'header fields take more than 4 MB',
  },
  { name: '100,000 fields', raw: Buffer.from('X: x\r\n'.repeat(100_000)), reason: 'header fields take more than 4 MB' },
  {
    name: 'many parts with large headers',
    raw: Buffer.from(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\nX: ${'x'.repeat(10_000)}\r\n\r\n\r\n`.repeat(500)}`,
    ),
    reason: 'header fields take more than 4 MB',
  },
  {
    name: '11,000 parts',
    raw: Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(11_000)}`),
    reason: 'it has more than 10,000 parts',
  },
])('$name: a failure with a plain reason', async ({ raw, reason }) => {
  expect(await parseMessage(raw)).toEqual({ failure: reason });
});

test('a To of 30,000 is parsed whole', async () => {
  const list = Array.from({ length: 30_000 }, (_, index) => `User ${index} <u${index}@example.test>`).join(',\r\n ');
  expect((await parsed(Buffer.from(`To: ${list}\r\n\r\ntext`))).parsed.summary.to).toHaveLength(30_000);
});

test.for(Object.entries(mails.broken))('%s is parsed all the same', async ([, raw]) => {
  const { parsed: message } = await parsed(raw);
  expect(message.root.bodyEnd).toBe(raw.length);
  await expect(parseBodies(raw)).resolves.toBeDefined();
});

const line = fc.oneof(
  fc.constantFrom('--b', '--b--', '--c', '--c--', '', ' ', 'Content-Type: multipart/mixed; boundary=b', 'text'),
  fc.constantFrom('Content-Type: multipart/related; boundary=c', 'Content-Transfer-Encoding: base64', 'A: b', '=?'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('whatever the octets, parts lie in the message, in order, and within their parents', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.constantFrom('\r\n', '\n'), async (lines, lineEnd) => {
      const raw = Buffer.from(lines.join(lineEnd));
      const { root } = (await parsed(raw)).parsed;
      for (const part of all(root)) {
        expect(part.headerStart).toBeLessThanOrEqual(part.bodyStart);
        expect(part.bodyStart).toBeLessThanOrEqual(part.bodyEnd);
        let from = part.bodyStart;
        for (const child of part.children) {
          expect(child.headerStart).toBeGreaterThanOrEqual(from);
          from = child.bodyEnd;
        }
        expect(from).toBeLessThanOrEqual(part.bodyEnd);
      }
      expect(root.bodyEnd).toBeLessThanOrEqual(raw.length);
    }),
    { numRuns: 300 },
  );
});
