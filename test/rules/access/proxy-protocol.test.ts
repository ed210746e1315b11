import { expect, test } from 'vitest';
import { readProxyHeader } from '../../../src/rules/access/proxy-protocol.ts';

const BOTH = { words: () => ['ipv4', 'ipv6'] };
const LINE = 'PROXY TCP4 192.0.2.7 10.1.2.3 5555 25\r\n';
const BINARY = `\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x07\x0a\x01\x02\x03\x15\xb3\0\x19`;
const CONNECTION = { client: { address: '192.0.2.7', port: 5555 }, server: { address: '10.1.2.3', port: 25 } };

test.for([
  { form: 'the line', header: LINE },
  { form: 'the binary form', header: BINARY },
])('$form says whose connection it is, and what follows isn’t part of it', ({ header }) => {
  expect(readProxyHeader(`${header}EHLO client.test\r\n`, BOTH)).toEqual({
    sizeBytes: header.length,
    connection: CONNECTION,
  });
});

test.for([
  { form: 'the line', header: LINE },
  { form: 'the binary form', header: BINARY },
])('$form may come in any pieces', ({ header }) => {
  const beginnings = Array.from(header, (_, length) => readProxyHeader(header.slice(0, length), BOTH));

  expect(new Set(beginnings)).toEqual(new Set(['incomplete']));
});

test.for([
  { why: 'the proxy speaks for itself', header: '\r\n\r\n\0\r\nQUIT\n\x20\0\0\0', sizeBytes: 16 },
  { why: 'a health check, with addresses that don’t count', header: BINARY.replace('\x21', '\x20'), sizeBytes: 28 },
])('there is no other client: $why', ({ header, sizeBytes }) => {
  expect(readProxyHeader(header, BOTH)).toEqual({ sizeBytes, connection: undefined });
});

test.for([
  { header: 'EHLO client.test\r\n', fault: 'unexpected protocol header' },
  { header: 'PROXY UNKNOWN\r\n', fault: 'unsupported protocol type' },
  { header: 'PROXY TCP6 192.0.2.7 10.1.2.3 5555 25\r\n', fault: 'unexpected client address syntax' },
  { header: 'PROXY TCP4 192.0.2.7 ::1 5555 25\r\n', fault: 'unexpected server address syntax' },
  { header: 'PROXY TCP4 192.0.2.7 10.1.2.3 05555 25\r\n', fault: 'unexpected client port syntax' },
  { header: 'PROXY TCP4 192.0.2.7 10.1.2.3 5555 65536\r\n', fault: 'unexpected server port syntax' },
  { header: `PROXY ${'x'.repeat(300)}`, fault: 'missing protocol header terminator' },
  { header: BINARY.replace('\x21', '\x22'), fault: 'bad version or command in protocol header' },
  { header: BINARY.replace('\x11', '\x12'), fault: 'unsupported address family or length' },
])('$fault: $header', ({ header, fault }) => {
  expect(readProxyHeader(header, BOTH)).toEqual({ fault });
});

test('addresses of a family that inet_protocols hasn’t are refused', () => {
  const header = 'PROXY TCP6 2001:db8::1 2001:db8::2 5555 25\r\n';
  expect(readProxyHeader(header, { words: () => ['ipv4'] })).toEqual({ fault: 'unsupported protocol type' });
});
