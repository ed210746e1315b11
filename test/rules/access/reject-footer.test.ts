import { expect, test } from 'vitest';
import { identifyClient } from '../../../src/rules/access/client-name.ts';
import { dressReply } from '../../../src/rules/access/reject-footer.ts';
import { openTestWorld } from '../../support/rule-world.ts';

test.for([
  {
    mainCf: 'smtpd_reject_footer = call 555-1234',
    reply: '550 5.1.1 no',
    sent: '550-5.1.1 no\r\n550 5.1.1 call 555-1234',
    why: 'a line of its own, with the same codes',
  },
  {
    mainCf: 'smtpd_reject_footer = \\c. Call 555-1234',
    reply: '550 5.1.1 no',
    sent: '550 5.1.1 no. Call 555-1234',
    why: '\\c continues the line',
  },
  {
    mainCf: 'smtpd_reject_footer = one\\ntwo',
    reply: '454 4.7.1 no',
    sent: '454-4.7.1 no\r\n454-4.7.1 one\r\n454 4.7.1 two',
    why: '\\n begins a line',
  },
  {
    mainCf:
      'smtpd_reject_footer = \\c ($client_name $client_address $helo_name $sender $sender_domain $server_name $nosuch)',
    reply: '550 no',
    sent: '550 no (unknown 192.0.2.5 h.test s$x@o.test o.test mail.example.com )',
    why: 'names stand for the session, and for nothing else',
  },
  {
    mainCf: 'smtpd_reject_footer = default\nsmtpd_reject_footer_maps = pcre:/etc/postfix/footers',
    reply: '554 5.7.1 Relay access denied',
    sent: '554-5.7.1 Relay access denied\r\n554-5.7.1 5.7.1 relay footer\r\n554 5.7.1 second line',
    why: 'a map comes before the parameter',
  },
  {
    mainCf: 'smtpd_reject_footer = default\nsmtpd_reject_footer_maps = fail:x',
    reply: '450 4.7.1 later',
    sent: '450-4.7.1 later\r\n450 4.7.1 default',
    why: 'a map that has no answer has no footer',
  },
  { mainCf: 'smtpd_reject_footer = ${broken', reply: '550 no', sent: '550 no', why: 'what can’t be read is left out' },
  { mainCf: 'smtpd_reject_footer = x', reply: '250 2.1.5 Ok', sent: '250 2.1.5 Ok', why: 'only refusals have one' },
  {
    mainCf: 'smtpd_reject_footer = $recipient, $recipient_name of $recipient_domain',
    reply: '550 5.1.1 <second@r.test>: no',
    sent: '550-5.1.1 <second@r.test>: no\r\n550 5.1.1 first@r.test, first of r.test',
    why: 'the recipient is the first that was taken, not the one refused',
  },
  { mainCf: 'soft_bounce = yes', reply: '521 5.7.1 no', sent: '421 4.7.1 no', why: 'soft_bounce: come again' },
  { mainCf: 'soft_bounce = yes', reply: '500 no 5.1.1', sent: '400 no 5.1.1', why: 'without enhanced code, too' },
  {
    mainCf: 'soft_bounce = yes\nsmtpd_reject_footer = x',
    reply: '550 5.1.1 no',
    sent: '450-4.1.1 no\r\n450 4.1.1 x',
    why: 'every line of it',
  },
])('$mainCf makes of $reply: $why', async ({ mainCf, reply, sent }) => {
  await using configured = await openTestWorld({
    mainCf: `myhostname = mail.example.com\n${mainCf}\n`,
    files: { footers: '/Relay access denied/ 5.7.1 relay footer\\nsecond line\n' },
  });
  const { world } = configured;

  const dressed = dressReply(reply, world.view('smtp/inet'), () => ({
    client: identifyClient({ address: '192.0.2.5', port: 4711, isEncrypted: false }, world),
    helo: 'h.test',
    sender: 's$x@o.test',
    recipient: 'first@r.test',
    localTime: 'Nov 25 04:40:00',
  }));

  expect(dressed).toBe(sent);
});
