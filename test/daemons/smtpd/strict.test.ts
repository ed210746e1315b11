import { expect, test } from 'vitest';
import type { DecideContent } from '../../../src/daemons/smtpd/decide.ts';
import { openMailroom, type Mailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const DOMAINS = 'mydestination = example.com\nmynetworks = 127.0.0.0/8\nrelay_domains = r.test\n';
/** Whoever connects may play another client. */
const PLAYED = `${DOMAINS}smtpd_authorized_xclient_hosts = 127.0.0.1\nsmtpd_authorized_xforward_hosts = 127.0.0.1\n`;
const STRANGER = 'XCLIENT ADDR=192.0.2.5 NAME=stranger.test';

/** A listener with a main.cf: in strict mode, unless it says otherwise. */
async function withListener<T>(
  mainCf: string,
  use: (room: Mailroom) => Promise<T>,
  options: { readonly decideContent?: DecideContent } = {},
): Promise<T> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\ncatch_mode = strict\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
    files: { footers: '/denied/ ask us\n' },
  });
  await using room = await openMailroom({ configured, ...options });
  return await use(room);
}

async function say(room: Mailroom, ...lines: readonly string[]): Promise<readonly string[]> {
  await using client = await room.connect();
  return await client.say(...lines);
}

test('in strict mode recipients are refused in Postfix’s words, and the others are taken', async () => {
  const { replies, taken } = await withListener(DOMAINS, async (room) => ({
    replies: await say(
      room,
      'EHLO c.test',
      'MAIL FROM:<s@o.test>',
      'RCPT TO:<nosuch@example.com>',
      'RCPT TO:<alice@example.com>',
      'VRFY nosuch@example.com',
      'DATA',
      'Subject: x\r\n\r\nx\r\n.',
    ),
    taken: room.taken.map(({ envelope, entrance }) => ({
      to: envelope.recipients.map(({ address }) => address),
      entrance,
    })),
  }));

  const unknown = 'Recipient address rejected: User unknown in local recipient table';
  expect(replies.slice(2, 6)).toEqual([
    `550 5.1.1 <nosuch@example.com>: ${unknown}`,
    '250 2.1.5 Ok',
    `550 5.1.1 <nosuch@example.com>: ${unknown}`,
    '354 End data with <CR><LF>.<CR><LF>',
  ]);
  expect(taken).toMatchObject([
    {
      to: ['alice@example.com'],
      entrance: {
        client: { name: 'localhost', address: '127.0.0.1' },
        helo: 'c.test',
        protocol: 'ESMTP',
        service: 'smtp/inet',
      },
    },
  ]);
});

test('in catch mode nothing is refused for policy', async () => {
  const replies = await withListener(
    `${DOMAINS}catch_mode = catch\nsmtpd_recipient_restrictions = reject\nsmtpd_data_restrictions = reject\n`,
    (room) => say(room, 'HELO c.test', 'MAIL FROM:<s@o.test>', 'RCPT TO:<nosuch@example.com>', 'DATA', 'x\r\n.'),
  );
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '250', '354', '250']);
});

test('a client that is refused at once hears nothing else until it leaves', async () => {
  const replies = await withListener(
    `${PLAYED}smtpd_delay_reject = no\nsmtpd_client_restrictions = check_client_access inline:{192.0.2.5=REJECT}\n`,
    (room) => say(room, STRANGER, 'EHLO c.test', 'MAIL FROM:<s@o.test>', 'QUIT'),
  );
  expect(replies).toEqual([
    '554 5.7.1 <stranger.test[192.0.2.5]>: Client host rejected: Access denied',
    '503 5.7.0 Error: access denied for stranger.test[192.0.2.5]',
    '503 5.7.0 Error: access denied for stranger.test[192.0.2.5]',
    '221 2.0.0 Bye',
  ]);
});

test('with smtpd_client_port_logging a client that was refused hears its port', async () => {
  const replies = await withListener(
    `${PLAYED}smtpd_delay_reject = no\nsmtpd_client_port_logging = yes\nsmtpd_client_restrictions = check_client_access inline:{192.0.2.5=REJECT}\n`,
    (room) => say(room, `${STRANGER} PORT=4711`, 'EHLO c.test'),
  );
  expect(replies.at(-1)).toBe('503 5.7.0 Error: access denied for stranger.test[192.0.2.5]:4711');
});

test('RSET ends a transaction for access rules, too', async () => {
  const replies = await withListener(
    `${DOMAINS}smtpd_recipient_restrictions = reject_multi_recipient_bounce\n`,
    (room) =>
      say(
        room,
        'HELO c.test',
        'MAIL FROM:<>',
        'RCPT TO:<a@r.test>',
        'RSET',
        'MAIL FROM:<>',
        'RCPT TO:<b@r.test>',
        'RCPT TO:<c@r.test>',
      ),
  );
  expect(replies.slice(2)).toEqual([
    '250 2.1.5 Ok',
    '250 2.0.0 Ok',
    '250 2.1.0 Ok',
    '250 2.1.5 Ok',
    '550 5.5.3 <c@r.test>: Recipient address rejected: Multi-recipient bounce',
  ]);
});

test('a message is refused at its end by restrictions, then by its content; nothing is kept', async () => {
  const lines = ['HELO c.test', 'MAIL FROM:<s@o.test>', 'RCPT TO:<a@r.test>', 'DATA', 'x\r\n.'];
  const byRules = await withListener(`${DOMAINS}smtpd_end_of_data_restrictions = reject\n`, async (room) => ({
    reply: (await say(room, ...lines)).at(-1),
    kept: await room.store.counts(),
  }));
  const byContent = await withListener(
    DOMAINS,
    async (room) => ({ reply: (await say(room, ...lines)).at(-1), kept: await room.store.counts() }),
    {
      decideContent: async () => ({
        reply: { code: 550, enhanced: '5.7.1', text: 'bad header' },
        errorClass: 'policy',
        log: [],
      }),
    },
  );
  expect(byRules).toMatchObject({
    reply: '554 5.7.1 <END-OF-MESSAGE>: End-of-data rejected: Access denied',
    kept: { total: 0 },
  });
  expect(byContent).toMatchObject({ reply: '550 5.7.1 bad header', kept: { total: 0 } });
});

test('HANGUP closes the connection without a word', async () => {
  const replies = await withListener(
    `${DOMAINS}smtpd_recipient_restrictions = check_recipient_access inline:{h@r.test=HANGUP}\n`,
    (room) => say(room, 'HELO c.test', 'MAIL FROM:<s@o.test>', 'RCPT TO:<h@r.test>'),
  );
  expect(replies.at(-1)).toBe('(closed)');
});

test('521 and 421 from a table close the connection', async () => {
  const replies = await withListener(
    `${DOMAINS}smtpd_recipient_restrictions = check_recipient_access inline:{{h@r.test=521 5.7.1 drop}}\n`,
    (room) => say(room, 'HELO c.test', 'MAIL FROM:<s@o.test>', 'RCPT TO:<h@r.test>', 'NOOP'),
  );
  expect(replies.slice(-2)).toEqual(['521 5.7.1 <h@r.test>: Recipient address rejected: drop', '(closed)']);
});

test('replies have their footer, those about syntax too; soft_bounce makes them temporary', async () => {
  const replies = await withListener(
    `${PLAYED}soft_bounce = yes\nsmtpd_reject_footer_maps = regexp:/etc/postfix/footers\nsmtpd_reject_footer = \\c; $client_address\n`,
    (room) => say(room, STRANGER, 'EHLO c.test', 'FOO', 'MAIL FROM:<s@o.test>', 'RCPT TO:<a@remote.test>'),
  );
  expect(replies.slice(2)).toEqual([
    '400 4.5.2 Error: command not recognized; 192.0.2.5',
    '250 2.1.0 Ok',
    '454-4.7.1 <a@remote.test>: Relay access denied\n454 4.7.1 ask us',
  ]);
});

test('smtpd_helo_required asks for a greeting', async () => {
  const replies = await withListener(`${DOMAINS}smtpd_helo_required = yes\n`, (room) =>
    say(room, 'MAIL FROM:<s@o.test>'),
  );
  expect(replies).toEqual(['503 5.5.1 Error: send HELO/EHLO first']);
});

test('XCLIENT begins the session again, as the client that is played', async () => {
  const { replies, banner } = await withListener(PLAYED, async (room) => {
    await using client = await room.connect();
    const [ehlo = '', greeting = '', again = ''] = await client.say('EHLO c.test', STRANGER, 'EHLO d.test');
    const rest = await client.say('XCLIENT ADDR=127.0.0.1', 'MAIL FROM:<s@o.test>', 'RCPT TO:<a@remote.test>');
    return { replies: [ehlo.includes('250-XCLIENT NAME ADDR'), again.includes('XCLIENT'), ...rest], banner: greeting };
  });
  expect(banner).toMatch(/^220 .* ESMTP/);
  expect(replies).toEqual([
    true,
    false,
    '550 5.7.0 Error: insufficient authorization',
    '250 2.1.0 Ok',
    '454 4.7.1 <a@remote.test>: Relay access denied',
  ]);
});

test('XCLIENT and XFORWARD are for those who are named, and not within a transaction', async () => {
  const unnamed = await withListener(DOMAINS, (room) =>
    say(room, 'XCLIENT ADDR=192.0.2.5', 'XCLIENT', 'XFORWARD NAME=h.test', 'EHLO c.test'),
  );
  const named = await withListener(PLAYED, (room) =>
    say(
      room,
      'XFORWARD NAME=h.test',
      'XFORWARD FOO=x',
      'XCLIENT FOO=x',
      'HELO c',
      'MAIL FROM:<a@b.test>',
      'XCLIENT ADDR=1.2.3.4',
    ),
  );
  expect(unnamed.slice(0, 3)).toEqual([
    '550 5.7.0 Error: insufficient authorization',
    '501 5.5.4 Syntax: XCLIENT attribute=value...',
    '550 5.7.0 Error: insufficient authorization',
  ]);
  expect(unnamed[3]).not.toContain('XFORWARD');
  expect([named[0], named[1], named[2], named[5]]).toEqual([
    '250 2.0.0 Ok',
    '501 5.5.4 Bad XFORWARD attribute name: FOO',
    '501 5.5.4 Bad XCLIENT attribute name: FOO',
    '503 5.5.1 Error: MAIL transaction in progress',
  ]);
});

test('what XCLIENT says of helo, protocol and login goes with the message', async () => {
  const taken = await withListener(PLAYED, async (room) => {
    await say(
      room,
      'XCLIENT NAME=h.test ADDR=192.0.2.7 PORT=99 HELO=<x> PROTO=ESMTP LOGIN=ann+40example.com',
      'MAIL FROM:<s@o.test>',
      'RCPT TO:<a@r.test>',
      'DATA',
      'x\r\n.',
    );
    return room.taken;
  });
  expect(taken).toMatchObject([
    {
      username: 'ann@example.com',
      entrance: { client: { name: 'h.test', address: '192.0.2.7', port: '99' }, helo: '?x?', protocol: 'ESMTP' },
    },
  ]);
});
