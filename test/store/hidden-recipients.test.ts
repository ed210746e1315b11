import { expect, test } from 'vitest';
import { hiddenRecipients } from '../../src/store/hidden-recipients.ts';

const mailbox = (address: string) => ({ name: '', address });
const SUMMARY = { to: [mailbox('to@example.com')], cc: [mailbox('cc@example.com')], bcc: [mailbox('bcc@example.com')] };

test.for([
  { recipients: ['to@example.com', 'cc@example.com', 'bcc@example.com'], hidden: [], why: 'the header names each' },
  { recipients: ['TO@Example.com'], hidden: [], why: 'case does not matter' },
  { recipients: ['a@example.com', 'to@example.com'], hidden: ['a@example.com'], why: 'no field names it' },
  { recipients: ['A@x.test', 'a@X.test'], hidden: ['A@x.test'], why: 'each is told once' },
  { recipients: [], hidden: [], why: 'there is nobody' },
])('of $recipients hidden are $hidden: $why', ({ recipients, hidden }) => {
  expect(hiddenRecipients(SUMMARY, recipients)).toEqual(hidden);
});
