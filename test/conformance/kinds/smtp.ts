// Kind `smtp`: one message over SMTP. @see p_smtp in oracle/pforacle.py
import { toOutcomeAnswer } from '../mail/answer.ts';
import type { MailSystem } from '../mail/mail-system.ts';
import { findQueueIds, toEhloReply, toReply, type Reply } from '../mail/reply.ts';
import { connectClient, toTlsOptions } from '../mail/connect.ts';
import type { ReplyLines, SmtpClient } from '../mail/smtp-client.ts';
import type { Answer, World } from '../answer.ts';
import { encodeText } from '../python/text.ts';
import type { SmtpProbe, Vector } from '../vector.ts';

const HEADERS: NonNullable<SmtpProbe['headers']> = [
  ['From', 'probe@origin.test'],
  ['To', 'undisclosed@list.test'],
  ['Subject', 'probe'],
  ['Date', 'Fri, 1 Jan 1999 00:00:00 +0000'],
  ['Message-Id', '<probe@origin.test>'],
];
const PAD_LINE = `${'y'.repeat(70)}\n`;

/** Sends the message, and tells of the replies and the outcome. */
export async function askSmtp(probe: SmtpProbe, system: MailSystem, world: World): Promise<Answer> {
  const port = probe.port ?? 25;
  const { connect, starttls, members, queueIds } = await hold(probe, system, world);
  const showsGreeting = probe.want_banner || connect.code !== 220;
  const replies = { ...(showsGreeting ? { connect } : {}), ...(starttls ? { starttls } : {}), ...members };
  return await toOutcomeAnswer(replies, { probe, system, world, queueIds, port });
}

/** The client has hung up when it is over. */
async function hold(probe: SmtpProbe, system: MailSystem, { vector }: World): Promise<Held> {
  using client = await connectClient(probe, system, vector);
  const banner = await client.read();
  const starttls = await startTls(client, probe, { banner, vector });
  const connect = toReply(await play(client, { banner, played: probe.client, withReverse: true }));
  return { connect, starttls, ...(connect.code === 220 ? await converse(client, probe) : NOTHING) };
}

/** @property starttls the reply to STARTTLS, if that was said */
interface Held extends Conversation {
  readonly connect: Reply;
  readonly starttls: Reply | undefined;
}

interface Conversation {
  readonly members: Readonly<Record<string, Reply | readonly Reply[]>>;
  readonly queueIds: readonly string[];
}

const NOTHING: Conversation = { members: {}, queueIds: [] };

/**
 * Reads the banner, and plays another client, if one is asked for.
 * @returns the banner, afresh for the other client; or the refusal to play one
 */
export async function greet(client: SmtpClient, played: SmtpProbe['client'], withReverse = true): Promise<ReplyLines> {
  return await play(client, { banner: await client.read(), played, withReverse });
}

async function play(
  client: SmtpClient,
  {
    banner,
    played,
    withReverse,
  }: { readonly banner: ReplyLines; readonly played: SmtpProbe['client']; readonly withReverse: boolean },
): Promise<ReplyLines> {
  if (played === undefined) return banner;
  const { addr, name = '[UNAVAILABLE]', reverse } = played;
  const reverseName = reverse === undefined || !withReverse ? '' : ` REVERSE_NAME=${reverse}`;
  await client.command('EHLO oracle');
  return await client.command(`XCLIENT ADDR=${addr} NAME=${name}${reverseName}`);
}

/** @returns the reply to STARTTLS, if that is said */
async function startTls(
  client: SmtpClient,
  { tls }: SmtpProbe,
  { banner, vector }: { readonly banner: ReplyLines; readonly vector: Vector },
): Promise<Reply | undefined> {
  if (tls === undefined || tls.wrapper || toReply(banner).code !== 220) return undefined;
  await client.command('EHLO oracle');
  const reply = toReply(await client.command('STARTTLS'));
  if (reply.code === 220) await client.startTls(toTlsOptions(tls, vector));
  return reply;
}

async function converse(client: SmtpClient, probe: SmtpProbe): Promise<Conversation> {
  const command = async (line: string): Promise<Reply> => toReply(await client.command(line));
  const helo = await sayHelo(client, probe);
  const auth = probe.auth === undefined ? {} : { auth: await command(toAuth(probe.auth)) };
  const mail = await command(`MAIL FROM:${toPath(probe.from)}${probe.mail_args ?? ''}`);
  const rcpt: Reply[] = [];
  for (const to of probe.to) rcpt.push(await command(`RCPT TO:${toPath(to)}${probe.rcpt_args ?? ''}`));
  const members = { ...helo, ...auth, mail, rcpt };
  if (!(rcpt.some(({ code }) => code === 250) || probe.force_data)) {
    await client.command('QUIT');
    return { members, queueIds: [] };
  }
  const data = await command('DATA');
  const all = { ...members, ...(data.code !== 354 || probe.want_ehlo ? { data } : {}) };
  const end = data.code === 354 ? await sendContent(client, toContent(probe)) : undefined;
  await client.command('QUIT');
  return end === undefined
    ? { members: all, queueIds: [] }
    : { members: { ...all, dot: toReply(end) }, queueIds: findQueueIds(end) };
}

async function sayHelo(client: SmtpClient, { helo = 'EHLO client.test', want_ehlo }: SmtpProbe): Promise<object> {
  if (helo === '') return {};
  const lines = await client.command(helo);
  const isEhlo = helo.toUpperCase().startsWith('EHLO') && lines?.[0]?.startsWith('250') === true;
  const reply = isEhlo ? toEhloReply(lines) : toReply(lines);
  return want_ehlo || reply.code !== 250 ? { helo: reply } : {};
}

async function sendContent(client: SmtpClient, content: string): Promise<ReplyLines> {
  client.send(encodeText(content));
  return await client.read();
}

/** With CRLF, dots stuffed, and the line that ends it. */
function toContent({ headers = HEADERS, body = 'x\n', pad }: SmtpProbe): string {
  const head = headers.map(([name, value]) => (name === '' ? `${value}\n` : `${name}: ${value}\n`)).join('');
  const padding = pad ? PAD_LINE.repeat(Math.floor(pad / PAD_LINE.length)) : '';
  const lines = `${head}\n${body}${padding}`.split('\n').slice(0, -1);
  return `${lines.map((line) => `${line.startsWith('.') ? '.' : ''}${line}\r\n`).join('')}.\r\n`;
}

function toAuth([user, password]: readonly [string, string]): string {
  return `AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`;
}

function toPath(address: string): string {
  return address.startsWith('raw:') ? address.slice('raw:'.length) : `<${address}>`;
}
