import { expect, test } from 'vitest';
import { checkBindAddresses } from '../../../src/rules/check/bind-address.ts';
import { findIn } from '../../support/checked.ts';

test('an address to bind to has no port', async () => {
  expect(await findIn(checkBindAddresses, { 'main.cf': 'smtp_bind_address = 0.0.0.0:2525\n' })).toMatchObject([
    {
      code: 'bad-bind-address',
      hint: 'write 0.0.0.0: no port, no brackets',
      // As smtp(8) of Postfix 3.7.11 says, and ends.
      postfixLine: 'fatal: smtp_connect_addr: bad smtp_bind_address parameter: 0.0.0.0:2525: Name or service not known',
    },
  ]);
});

test.for(['smtp_bind_address = 192.0.2.1', 'smtp_bind_address6 = 2001:db8::1', 'smtp_bind_address ='])(
  '%s is sound',
  async (main) => {
    expect(await findIn(checkBindAddresses, { 'main.cf': `${main}\n` })).toEqual([]);
  },
);
