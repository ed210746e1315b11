import { expect, test } from 'vitest';
import { isNearHost, parseRemoteChoice, selectHosts } from '../../../src/http/html/remote-hosts.ts';

test.for([
  'localhost',
  'localhost:3000',
  'app.localhost',
  'printer',
  'printer.local',
  'db.internal',
  'router.home.arpa',
  '127.0.0.1',
  '127.0.0.1:8025',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.0.1.',
  '169.254.169.254',
  '0.0.0.0',
  '100.64.0.1',
  '[::1]',
  '[::1]:3000',
  '[fe80::1]',
  '[fd00::1]',
  '[::ffff:7f00:1]',
])('%s is near', (host) => {
  expect(isNearHost(host)).toBe(true);
});

test.for(['cdn.acme.test', 'cdn.acme.test:8080', '8.8.8.8', '[2606:4700::1111]', 'localhost.acme.test'])(
  '%s is not near',
  (host) => {
    expect(isNearHost(host)).toBe(false);
  },
);

const HOSTS = ['a.test', 'b.test:8080', 'localhost:3000', '127.0.0.1', '[::1]'];

test.for([
  { remote: undefined, chosen: [], why: 'nobody was asked for' },
  { remote: '', chosen: [], why: 'nobody was asked for' },
  { remote: '0', chosen: [], why: 'no host has that name' },
  { remote: '1', chosen: ['a.test', 'b.test:8080'], why: 'every public host, no near one' },
  { remote: 'a.test', chosen: ['a.test'], why: 'only the one' },
  { remote: 'A.test, localhost:3000', chosen: ['a.test', 'localhost:3000'], why: 'a near one, by its name' },
  { remote: '1,127.0.0.1', chosen: ['a.test', 'b.test:8080', '127.0.0.1'], why: 'both' },
  { remote: 'b.test', chosen: [], why: 'another port is another host' },
  { remote: 'c.test', chosen: [], why: 'the mail does not name it' },
  { remote: "a.test; script-src 'unsafe-inline'", chosen: [], why: 'no host has such a name' },
  { remote: '[::1]', chosen: [], why: 'a policy cannot name it' },
])('of the hosts of a mail, remote=$remote lets in $chosen: $why', ({ remote, chosen }) => {
  expect(selectHosts(HOSTS, parseRemoteChoice(remote))).toEqual(chosen);
});

test('style sheets of Google Fonts come with their fonts', () => {
  expect(selectHosts(['fonts.googleapis.com'], parseRemoteChoice('1'))).toEqual([
    'fonts.googleapis.com',
    'fonts.gstatic.com',
  ]);
});

test('a mail that names ten thousand hosts does not make a header that no client reads', () => {
  const hosts = Array.from({ length: 10_000 }, (_, index) => `h${index}.test`);
  expect(selectHosts(hosts, parseRemoteChoice('1'))).toHaveLength(100);
});
