import { constants } from 'node:crypto';
import { expect, test } from 'vitest';
import { readProtocols } from '../../../src/daemons/smtpd/tls-protocols.ts';

test.for([
  { list: '', minVersion: 'TLSv1', maxVersion: 'TLSv1.3' },
  { list: '>=TLSv1.2', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  { list: '>=0303, <=tlsv1.2', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  { list: '!SSLv2, !SSLv3, !TLSv1, !TLSv1.1', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  { list: 'TLSv1.2:TLSv1.3', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  { list: '>= SSLv3 nonsense', minVersion: 'TLSv1', maxVersion: 'TLSv1.3' },
])('"$list" is $minVersion to $maxVersion', ({ list, minVersion, maxVersion }) => {
  expect(readProtocols(list)).toEqual({ minVersion, maxVersion, secureOptions: 0 });
});

test('one in the middle can be left out', () => {
  expect(readProtocols('!TLSv1.1')).toEqual({
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_TLSv1_1,
  });
});

test('where none is left, there is no agreement', () => {
  const { SSL_OP_NO_TLSv1_3 } = constants;
  expect(readProtocols('!TLSv1 !TLSv1.1 !TLSv1.2 !TLSv1.3').secureOptions & SSL_OP_NO_TLSv1_3).toBe(SSL_OP_NO_TLSv1_3);
});
