import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';

test.for([
  { name: 'without AUTH', auth: undefined, username: '' },
  { name: 'with PLAIN', auth: { user: 'ada', pass: 'x' }, method: 'PLAIN', username: 'ada' },
  { name: 'with LOGIN', auth: { user: 'grace', pass: 'y' }, method: 'LOGIN', username: 'grace' },
])('Nodemailer sends a mail $name', async ({ auth, method, username }) => {
  await using room = await openMailroom();
  const transport = createTransport({
    host: '127.0.0.1',
    port: room.smtpd.port,
    ...(auth && { auth }),
    ...(method !== undefined && { authMethod: method }),
  });

  const { response } = await transport.sendMail({
    from: 'Ada <ada@example.com>',
    to: ['bob@example.com', 'Ü <ü@example.com>'],
    bcc: 'hidden@example.com',
    subject: 'Grüße',
    text: '.\n..dots\n.\n',
    dsn: { id: 'x', return: 'headers', notify: 'failure', recipient: 'ada@example.com' },
  });
  transport.close();

  const [message] = room.taken;
  expect(response).toBe(`250 2.0.0 Ok: queued as ${message?.id ?? ''}`);
  expect(message?.username).toBe(username);
  expect(message?.envelope.recipients.map(({ address }) => address)).toEqual([
    'bob@example.com',
    'ü@example.com',
    'hidden@example.com',
  ]);
  expect(message?.envelope).toMatchObject({ ret: 'HDRS', smtputf8: true });
  expect(Buffer.from(message?.raw ?? []).toString()).toMatch(/\r\n\r\n\.\r\n\.\.dots\r\n\.\r\n/);
});
