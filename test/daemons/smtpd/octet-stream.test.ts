import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openContent } from '../../../src/daemons/smtpd/content.ts';
import { openIntakeBudget } from '../../../src/daemons/smtpd/intake-budget.ts';
import { openOctetStream, type BareNewlines } from '../../../src/daemons/smtpd/octet-stream.ts';

/** Reads a dialogue of alternating lines and contents (a content after each line `DATA`), fed in these chunks. */
function readAll(chunks: readonly Buffer[], bareNewlines: BareNewlines = 'normalize'): readonly string[] {
  const lineLimit = 20;
  const stream = openOctetStream();
  const read: string[] = [];
  let content = openContent(0, openIntakeBudget(0).open());
  let inData = false;
  for (const chunk of chunks) {
    stream.feed(chunk);
    for (;;) {
      if (inData) {
        if (!stream.readData(content, bareNewlines)) break;
        read.push(`content ${Buffer.from(content.take()).toString('latin1')}`);
        content = openContent(0, openIntakeBudget(0).open());
        inData = false;
      } else {
        const line = stream.readLine(lineLimit);
        if (line === undefined) break;
        read.push(`line ${line.octets}`);
        inData = line.octets === 'DATA';
      }
    }
  }
  return [...read, `left ${Buffer.from(content.take()).toString('latin1')}`];
}

function cut(octets: Buffer, places: readonly number[]): readonly Buffer[] {
  const bounds = [0, ...places.map((place) => place % (octets.length + 1)).sort((a, b) => a - b), octets.length];
  return bounds.slice(1).map((end, index) => octets.subarray(bounds[index], end));
}

function contentOf(octets: string): string | undefined {
  return readAll([Buffer.from(`DATA\r\n${octets}`, 'latin1')])
    .find((read) => read.startsWith('content '))
    ?.slice('content '.length);
}

test('any chunking of any octets gives the same lines and contents', () => {
  const piece = fc.constantFrom(
    '\r',
    '\n',
    '.',
    '\r\n',
    '\n.',
    '\r\n.',
    '\r\n.\r\n',
    'DATA\r\n',
    'x',
    '\0',
    '\xff',
    'y'.repeat(30),
  );
  const octets = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
  fc.assert(
    fc.property(octets, fc.array(fc.nat(), { maxLength: 30 }), (all, places) => {
      const inOctets = [...all].map((octet) => Buffer.from([octet]));
      expect(readAll(cut(all, places))).toEqual(readAll([all]));
      expect(readAll(inOctets)).toEqual(readAll([all]));
    }),
    { numRuns: 2000 },
  );
});

test('what a client that stuffs dots sends is what comes out', () => {
  const line = fc.string({ unit: fc.constantFrom('.', 'a', '\0', '\xe9', '\t'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const message = lines.map((one) => `${one}\r\n`).join('');
      const stuffed = lines.map((one) => `${one.startsWith('.') ? '.' : ''}${one}\r\n`).join('');
      expect(contentOf(`${stuffed}.\r\n`)).toBe(message);
    }),
  );
});

describe('content', () => {
  test.for([
    { sent: '.\r\n', content: '', why: 'the first CRLF may be that of the DATA command' },
    { sent: 'a\r\n.\r\n', content: 'a\r\n', why: 'CRLF.CRLF ends it' },
    { sent: '..\r\n.\r\n', content: '.\r\n', why: 'a stuffed dot loses one dot' },
    { sent: '.a\r\n.\r\n', content: 'a\r\n', why: 'a dot that needed no stuffing is dropped too' },
    { sent: 'a\n..b\r\n.\r\n', content: 'a\n.b\r\n', why: 'after a bare LF as well' },
    { sent: 'a\r..b\r\n.\r\n', content: 'a\r..b\r\n', why: 'not after a bare CR' },
    { sent: 'a\r\r\n.\r\n', content: 'a\r\r\n', why: 'a CR before CRLF is content' },
    { sent: '.\rx\r\n.\r\n', content: '\rx\r\n', why: 'a CR after a leading dot is content, if no LF follows' },
    { sent: '\0\xff\x80\r\n.\r\n', content: '\0\xff\x80\r\n', why: 'any octet is itself' },
  ])('$sent is $content: $why', ({ sent, content }) => {
    expect(contentOf(sent)).toBe(content);
  });

  test.for([
    { name: 'LF.CRLF', sent: 'a\n.\r\n', content: 'a\n' },
    { name: 'LF.LF', sent: 'a\n.\n', content: 'a\n' },
    { name: 'CR.CR', sent: 'a\r.\r', content: 'a\r.\r' },
    { name: 'CRLF.LF', sent: 'a\r\n.\n', content: 'a\r\n' },
    { name: 'CRLF.CR', sent: 'a\r\n.\r', content: 'a\r\n\r' },
    { name: '.LF at the start', sent: '.\n', content: '' },
  ])('$name does not end it: no message can be smuggled in', ({ sent, content }) => {
    expect(contentOf(`${sent}MAIL FROM:<x@y>\r\n.\r\n`)).toBe(`${content}MAIL FROM:<x@y>\r\n`);
  });
});

describe('lines', () => {
  test.for([
    { sent: 'NOOP\r\n', line: 'NOOP', why: 'CRLF' },
    { sent: 'NOOP\n', line: 'NOOP', why: 'a bare LF' },
    { sent: 'NOOP\r\r\n', line: 'NOOP', why: 'CRs before CRLF' },
    { sent: 'NO\rOP\r\n', line: 'NO\rOP', why: 'a CR elsewhere stays' },
    { sent: `${'x'.repeat(20)}tail\r\n`, line: 'x'.repeat(20), why: 'the rest of a long line is skipped' },
    { sent: '\r\n', line: '', why: 'empty' },
  ])('$sent is $line: $why', ({ sent, line }) => {
    expect(readAll([Buffer.from(sent)])).toEqual([`line ${line}`, 'left ']);
  });
});
