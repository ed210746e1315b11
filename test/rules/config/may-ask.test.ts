import { expect, test } from 'vitest';
import { mayAsk } from '../../../src/rules/config/may-ask.ts';

test.for([
  { host: '127.0.0.1', allow: [], may: true },
  { host: '127.8.9.10', allow: [], may: true },
  { host: '::1', allow: [], may: true },
  { host: '::ffff:127.0.0.1', allow: [], may: true },
  { host: 'localhost', allow: [], may: true },
  { host: '', allow: [], may: true },
  { host: '10.0.0.1', allow: [], may: false },
  { host: '0.0.0.0', allow: [], may: false },
  { host: '127.1', allow: [], may: false },
  { host: 'db.test', allow: [], may: false },
  { host: 'localhost.db.test', allow: [], may: false },
  { host: 'DB.test', allow: ['db.TEST'], may: true },
  { host: 'db.test', allow: ['db.test:5432'], may: true },
  { host: 'db.test', allow: ['db.test:5433'], may: false },
  { host: 'fe80::1', allow: ['[fe80::1]:5432'], may: true },
  { host: 'db.test', allow: ['test'], may: false },
  { host: 'db.test', allow: ['any'], may: true },
])('with $allow allowed, "$host" may be asked: $may', ({ host, allow, may }) => {
  expect(mayAsk(host, 5432, allow)).toBe(may);
});
