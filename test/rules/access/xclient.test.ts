import { expect, test } from 'vitest';
import { identifyClient } from '../../../src/rules/access/client-name.ts';
import { readXclient } from '../../../src/rules/access/xclient.ts';
import { findXforwardFault } from '../../../src/rules/access/xforward.ts';

const client = identifyClient({ address: '127.0.0.1', port: 4711, isEncrypted: false }, undefined);

test.for([
  {
    words: ['NAME=h.test', 'ADDR=192.0.2.7'],
    played: { client: { name: 'h.test', reverseName: 'h.test', nameStatus: 'ok', address: '192.0.2.7', port: '4711' } },
  },
  {
    words: ['NAME=[UNAVAILABLE]', 'REVERSE_NAME=rev.test'],
    played: { client: { name: 'unknown', nameStatus: 'none', reverseName: 'rev.test', reverseNameStatus: 'ok' } },
  },
  {
    words: ['name=[tempunavail]', 'addr=[unavailable]', 'port=[unavailable]'],
    played: { client: { name: 'unknown', nameStatus: 'tempfail', address: 'unknown', port: 'unknown' } },
  },
  { words: ['ADDR=IPV6:2001:db8::1'], played: { client: { address: '2001:db8::1', socketAddress: '127.0.0.1' } } },
  { words: ['HELO=a+2Eb+3Ctest', 'PROTO=esmtp'], played: { helo: 'a.b?test', protocol: 'ESMTP', login: '' } },
  { words: ['LOGIN=alice+40example.com'], played: { login: 'alice@example.com', protocol: 'SMTP' } },
  { words: ['DESTADDR=10.1.2.3', 'DESTPORT=26'], played: { client: { address: '127.0.0.1' } } },
])('XCLIENT $words plays another client', ({ words, played }) => {
  expect(readXclient(words, client)).toMatchObject({ played });
});

test('XCLIENT plays no client of a family that inet_protocols leaves out', () => {
  const refusal = '501 5.5.4 Bad ADDR syntax: IPV6:2001:db8::1';

  expect(readXclient(['ADDR=IPV6:2001:db8::1'], client, { takesIpv6: false })).toEqual({ refusal });
});

test.for([
  { words: ['ADDR'], refusal: '501 5.5.4 Error: attribute=value expected' },
  { words: ['ADDR='], refusal: '501 5.5.4 Error: attribute=value expected' },
  { words: [`HELO=${'x'.repeat(256)}`], refusal: '501 5.5.4 Error: attribute value too long' },
  { words: ['FOO=x'], refusal: '501 5.5.4 Bad XCLIENT attribute name: FOO' },
  { words: ['ADDR=bad'], refusal: '501 5.5.4 Bad ADDR syntax: bad' },
  { words: ['ADDR=2001:db8::1'], refusal: '501 5.5.4 Bad ADDR syntax: 2001:db8::1' },
  { words: ['NAME=a..b'], refusal: '501 5.5.4 Bad NAME syntax: a..b' },
  { words: ['PORT=1234567'], refusal: '501 5.5.4 Bad PORT syntax: 1234567' },
  { words: ['PROTO=HTTP'], refusal: '501 5.5.4 Bad PROTO syntax: HTTP' },
])('XCLIENT $words is refused: $refusal', ({ words, refusal }) => {
  expect(readXclient(words, client)).toEqual({ refusal });
});

test.for([
  {
    words: ['NAME=h.test', 'ADDR=192.0.2.7', 'HELO=he.test', 'PROTO=ESMTP', 'SOURCE=REMOTE', 'IDENT=ABC'],
    fault: undefined,
  },
  { words: ['SOURCE=[UNAVAILABLE]'], fault: undefined },
  { words: ['FOO=x'], fault: '501 5.5.4 Bad XFORWARD attribute name: FOO' },
  { words: ['SOURCE=moon'], fault: '501 5.5.4 Bad SOURCE syntax: moon' },
  { words: ['PORT=x'], fault: '501 5.5.4 Bad PORT syntax: x' },
  { words: ['NAME'], fault: '501 5.5.4 Error: attribute=value expected' },
])('XFORWARD $words: $fault', ({ words, fault }) => {
  expect(findXforwardFault(words)).toBe(fault);
});
