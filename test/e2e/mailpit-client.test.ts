import { MailpitClient } from 'mailpit-api';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { makePng } from '../support/pictures.ts';
import { startServing, type ServingProgram } from '../support/serving.ts';

/** What Mailpit's own clients see of a server: npm's mailpit-api, with its own types. */
const connect = async (): Promise<
  AsyncDisposable & { readonly client: MailpitClient; readonly program: ServingProgram }
> => {
  const program = await startServing(['--ephemeral']);
  return {
    client: new MailpitClient(program.url),
    program,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
};

const FROM = { Email: 'ada@example.com', Name: 'Ada' };
const send = (client: MailpitClient, subject: string, to = 'bob@example.com'): Promise<{ ID: string }> =>
  client.sendMessage({ From: FROM, To: [{ Email: to }], Subject: subject, Text: `text of ${subject}` });

test('mailpit-api waits for a mail that comes by SMTP, and reads all of it', { timeout: 60_000 }, async () => {
  await using server = await connect();
  const { client, program } = server;
  const transport = createTransport({ host: 'localhost', port: program.smtpPort, ignoreTLS: true });
  const waiting = client.waitForMessage({ query: 'subject:"Your picture"' }, { timeout: 30_000, interval: 50 });
  await transport.sendMail({
    from: 'Ada <ada@example.com>',
    to: 'bob+pictures@example.com',
    subject: 'Your picture',
    text: 'see http://example.com/x',
    html: '<video></video><p style="gap:1px">see</p>',
    attachments: [{ filename: 'dot.png', content: makePng({ width: 300, height: 300 }) }],
  });
  const message = await waiting;
  expect(message).toMatchObject({ Subject: 'Your picture', Tags: ['pictures'], ReturnPath: 'ada@example.com' });
  const [attachment] = message.Attachments;
  const picture = await client.getMessageAttachment(message.ID, attachment?.PartID ?? '');
  expect([picture.type, picture.size]).toEqual(['image/png', attachment?.Size]);
  const thumbnail = await client.getAttachmentThumbnail(message.ID, attachment?.PartID ?? '');
  expect(thumbnail.type).toBe('image/jpeg');
  expect(await client.getMessageHeaders()).toMatchObject({ Subject: ['Your picture'] });
  expect(await client.getMessageSource()).toContain('\r\nSubject: Your picture\r\n');
  expect(await client.renderMessageHTML()).toContain('<video>');
  expect(await client.renderMessageText()).toContain('http://example.com/x');
  const check = await client.htmlCheck();
  expect(check.Warnings.map(({ Slug }) => Slug)).toEqual(expect.arrayContaining(['html-video', 'css-gap']));
  expect(await client.linkCheck()).toEqual({
    Errors: 0,
    Links: [{ URL: 'http://example.com/x', StatusCode: 0, Status: 'Not asked: add follow=true' }],
  });
});

test('mailpit-api lists, searches, marks, tags and deletes', { timeout: 60_000 }, async () => {
  await using server = await connect();
  const { client } = server;
  const [one, two] = [await send(client, 'first'), await send(client, 'second', 'carol@example.com')];
  await send(client, 'third');
  expect(await client.listMessages(0, 2)).toMatchObject({ total: 3, count: 2, messages: [{ Subject: 'third' }, {}] });
  const found = await client.searchMessages({ query: 'to:carol -subject:third' });
  expect(found.messages.map(({ ID }) => ID)).toEqual([two.ID]);
  expect((await client.waitForMessages({ query: 'from:ada', count: 3 })).messages_count).toBe(3);

  expect(await client.setReadStatus({ Search: 'subject:first', Read: true })).toBe('ok');
  expect((await client.searchMessages({ query: 'is:read' })).messages.map(({ ID }) => ID)).toEqual([one.ID]);
  expect(await client.setTags({ IDs: [one.ID, two.ID], Tags: ['news', 'Old tag'] })).toBe('ok');
  expect(await client.getTags()).toEqual(['news', 'Old tag']);
  expect(await client.renameTag('Old tag', 'new tag')).toBe('ok');
  expect(await client.deleteTag('news')).toBe('ok');
  expect((await client.searchMessages({ query: 'tag:"NEW TAG"' })).messages_count).toBe(2);
  expect((await client.getInfo()).Tags).toEqual({ 'new tag': 2 });
  expect((await client.getConfiguration()).MessageRelay.Enabled).toBe(false);

  expect(await client.deleteMessagesBySearch({ query: 'subject:second' })).toBe('ok');
  expect(await client.deleteMessages({ IDs: [one.ID] })).toBe('ok');
  expect((await client.listMessages()).total).toBe(1);
  expect(await client.deleteMessages()).toBe('ok');
  expect((await client.listMessages()).total).toBe(0);
  await expect(client.renameTag('new tag', 'x')).rejects.toThrow('tag not found: new tag');
});

test('what is sent by the API goes the way of sendmail, and its journey says so', { timeout: 60_000 }, async () => {
  await using server = await connect();
  const { client, program } = server;
  const { ID } = await send(client, 'by the API');
  const journey = (await (await fetch(`${program.url}/api/v1/message/${ID}/journey`)).json()) as {
    readonly messages: readonly { readonly state: string; readonly log: readonly { readonly program: string }[] }[];
  };
  expect(journey.messages[0]).toMatchObject({ state: 'queued' });
  expect(journey.messages[0]?.log[0]?.program).toBe('pickup');
  const found = await client.searchMessages({ query: 'rule:default_transport -verdict:bounced' });
  expect(found.messages.map((message) => message.ID)).toEqual([ID]);
});
