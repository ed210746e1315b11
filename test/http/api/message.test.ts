import { expect, test } from 'vitest';
import type { Message } from '../../../src/http/api/schemas/message.ts';
import { parseMessage } from '../../../src/message/parse-message.ts';
import { PARSER_VERSION } from '../../../src/message/parsed.ts';
import { watchedClock } from '../../support/http-clock.ts';
import { startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';
import { newMessage, put } from '../../support/store.ts';

const MIXED = multipart([
  { type: 'text/plain; charset=utf-8', content: 'Grüße' },
  { type: 'text/html; charset=utf-8', content: '<p>Grüße</p>' },
  { type: 'image/png', headers: { 'Content-ID': '<logo>', 'Content-Disposition': 'inline' }, content: 'PNG' },
  { type: 'application/pdf', headers: { 'Content-Disposition': 'attachment; filename="a.pdf"' }, content: 'PDF' },
]);

test('a message is given in full, with its envelope and its parts', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({
    raw: MIXED,
    from: 'bounces@example.com',
    to: ['hidden@example.com'],
    receivedAtMs: Date.UTC(2026, 10, 24),
  });
  const message = (await (await http.get(`/api/v1/message/${id}`)).json()) as Message;
  expect(message).toMatchObject({
    ID: id,
    Read: true,
    From: { Name: '', Address: 'ada@example.com' },
    To: [],
    Bcc: [{ Name: '', Address: 'hidden@example.com' }],
    ReturnPath: 'bounces@example.com',
    Subject: 'parts',
    Date: '2026-11-24T00:00:00.000Z',
    HTML: '<p>Grüße</p>',
    Size: MIXED.byteLength,
    Inline: [{ PartID: '3', FileName: 'logo', ContentType: 'image/png', ContentID: 'logo', Size: 3 }],
    Attachments: [{ PartID: '4', FileName: 'a.pdf', ContentType: 'application/pdf', Size: 3 }],
    Envelope: {
      From: 'bounces@example.com',
      To: [{ Address: 'hidden@example.com', Reply: '250 2.1.5 Ok' }],
      Hidden: ['hidden@example.com'],
    },
    Parse: { State: 'parsed' },
    Root: { PartID: '', ContentType: 'multipart/mixed', Parts: [{ PartID: '1' }, {}, {}, {}] },
  });
  expect(message.Text).toContain('Grüße');
  expect(message.Attachments[0]?.Checksums.MD5).toMatch(/^[0-9a-f]{32}$/);
});

test.for([
  { type: 'text/plain', content: 'a\r\nb', text: 'a\r\nb\r\n', html: '', why: 'has the line ends that were sent' },
  {
    type: 'text/html',
    content: '<p>Hi <b>you</b>',
    text: 'Hi *you*',
    html: '<p>Hi <b>you</b>\r\n',
    why: 'is made of HTML',
  },
])('the text of a message in $type $why', async ({ type, content, text, html }) => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ headers: { 'Content-Type': type }, body: content });
  const message = (await (await http.get(`/api/v1/message/${id}`)).json()) as Message;
  expect(message).toMatchObject({ Text: text, HTML: html, TextFromHTML: html !== '' });
  expect(await (await http.get(`/view/${id}.txt`)).text()).toBe(text);
});

test('of a message from the null sender, ReturnPath is what From says, as in Mailpit', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ from: '', headers: { From: 'Ada <ada@example.com>' } });
  const message = (await (await http.get(`/api/v1/message/${id}`)).json()) as Message;
  expect(message).toMatchObject({ ReturnPath: 'ada@example.com', Envelope: { From: '' } });
});

test('reading a message marks it as read; asking with HEAD and peeking do not', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  await http.get(`/api/v1/message/${id}`, { method: 'HEAD' });
  await http.get(`/api/v1/message/${id}?peek=1`);
  expect((await http.store.get(id))?.read).toBe(false);
  await http.get(`/api/v1/message/${id}`);
  expect((await http.store.get(id))?.read).toBe(true);
});

test('"latest" is the newest message, or the newest that a search finds', async () => {
  await using http = await startTestHttp();
  const first = await http.deliver({ subject: 'needle' });
  const second = await http.deliver({ subject: 'hay' });
  const id = async (path: string) => ((await (await http.get(path)).json()) as Message).ID;
  expect(await id('/api/v1/message/latest')).toBe(second.id);
  expect(await id('/api/v1/message/latest?query=needle')).toBe(first.id);
});

test.for([
  { path: '/api/v1/message/latest', body: 'Message not found' },
  { path: '/api/v1/message/4hT9zX0000z1', body: '404 page not found' },
  { path: '/api/v1/message/..%2f..%2fetc%2fpasswd', body: '404 page not found' },
  { path: '/api/v1/message/nobody/raw', body: '404 page not found' },
  { path: '/api/v1/message/nobody/headers', body: '404 page not found' },
  { path: '/api/v1/message/nobody/part/1', body: '404 page not found' },
])('$path is 404 in plain text', async ({ path, body }) => {
  await using http = await startTestHttp();
  const reply = await http.send(path);
  expect(reply).toMatchObject({ status: 404, body });
  expect(reply.headers['content-type']).toBe('text/plain');
});

test('a message that is being parsed is answered as soon as it is', async () => {
  const clock = watchedClock(12_000);
  await using http = await startTestHttp({ clock, overrides: { catch_parse_time_limit: '10s' } });
  const message = newMessage(http.store, { body: 'soon' });
  const outcome = await parseMessage(message.raw);
  const { id } = await http.store.put(message);
  const answer = http.get(`/api/v1/message/${id}`);
  await clock.timerSet;
  await http.store.setParsed(id, PARSER_VERSION, outcome);
  expect(await (await answer).json()).toMatchObject({
    Parse: { State: 'parsed' },
    Text: expect.stringContaining('soon') as string,
  });
});

test('a message that is deleted while it is waited for is 404', async () => {
  const clock = watchedClock(12_000);
  await using http = await startTestHttp({ clock, overrides: { catch_parse_time_limit: '10s' } });
  const { id } = await put(http.store);
  const answer = http.get(`/api/v1/message/${id}`);
  await clock.timerSet;
  await http.store.delete({ ids: [id] });
  expect((await answer).status).toBe(404);
});

test('a message that the parser never comes to is given without its bodies once the time is up', async () => {
  const clock = watchedClock(12_000);
  await using http = await startTestHttp({ clock, overrides: { catch_parse_time_limit: '10s' } });
  const { id } = await put(http.store, { subject: 'slow' });
  const answer = http.get(`/api/v1/message/${id}`);
  const fire = await clock.timerSet;
  fire();
  expect(await (await answer).json()).toMatchObject({
    Subject: 'slow',
    Text: '',
    Root: null,
    Parse: { State: 'pending' },
  });
});

test('a message that cannot be parsed is given with the reason', async () => {
  await using http = await startTestHttp();
  const { id } = await put(http.store, { subject: 'broken' });
  await http.store.setParsed(id, PARSER_VERSION, { failure: 'it has more than 10,000 parts' });
  const message = (await (await http.get(`/api/v1/message/${id}`)).json()) as Message;
  expect(message).toMatchObject({
    Subject: 'broken',
    Text: '',
    HTML: '',
    Parse: { State: 'failed', Reason: 'it has more than 10,000 parts' },
  });
});

test('bodies that cannot be decoded cost only themselves', async () => {
  await using http = await startTestHttp({ bodies: () => Promise.reject(new Error('no more threads')) });
  const { id } = await http.deliver({ subject: 'kept' });
  const response = await http.get(`/api/v1/message/${id}`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ Subject: 'kept', Text: '', HTML: '' });
});
