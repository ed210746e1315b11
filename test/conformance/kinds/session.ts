// Kind `session`: a raw dialogue. @see p_session in oracle/pforacle.py
import type { Answer, World } from '../answer.ts';
import { toOutcomeAnswer } from '../mail/answer.ts';
import type { MailSystem } from '../mail/mail-system.ts';
import { announcesXclient, findQueueIds, hideQueueId } from '../mail/reply.ts';
import { openSmtpClient, type ReplyLines, type SmtpClient } from '../mail/smtp-client.ts';
import { encodeText } from '../python/text.ts';
import type { SessionProbe } from '../vector.ts';
import { greet } from './smtp.ts';

/** Holds the dialogue, and tells of the replies and the outcome. */
export async function askSession(probe: SessionProbe, system: MailSystem, world: World): Promise<Answer> {
  const port = probe.port ?? 25;
  const read = await hold(probe, system.findPort(port));
  const shown = (lines: ReplyLines): ReplyLines =>
    lines?.filter((line) => probe.show_xclient || !announcesXclient(line)).map(hideQueueId) ?? null;
  const queueIds = read.flatMap(findQueueIds);
  return await toOutcomeAnswer({ replies: read.map(shown) }, { probe, system, world, queueIds, port });
}

/** @returns the replies, the banner's first; the client has hung up */
async function hold({ client: played, lines }: SessionProbe, port: number): Promise<readonly ReplyLines[]> {
  using client = openSmtpClient(port);
  return [await greet(client, played, false), ...(await converse(client, lines))];
}

async function converse(client: SmtpClient, lines: SessionProbe['lines']): Promise<readonly ReplyLines[]> {
  const replies: ReplyLines[] = [];
  let isContent = false;
  for (const line of lines) {
    if (typeof line !== 'string') {
      client.send(Buffer.from(line.bytes, 'latin1'));
      const read = await readReplies(client, line.replies ?? 1);
      replies.push(...read);
      isContent = asksForContent(read.at(-1));
      continue;
    }
    client.send(encodeText(`${line}\r\n`));
    if (isContent && line !== '.') continue;
    const reply = await client.read();
    replies.push(reply);
    // What follows the end of content is a command, whatever was said to it.
    if (reply === null && !isContent) break;
    isContent = !isContent && asksForContent(reply);
  }
  return replies;
}

/** At most so many: no more come once the server has hung up. */
async function readReplies(client: SmtpClient, count: number): Promise<readonly ReplyLines[]> {
  const replies: ReplyLines[] = [];
  while (replies.length < count && replies.at(-1) !== null) replies.push(await client.read());
  return replies;
}

function asksForContent(reply: ReplyLines | undefined): boolean {
  return reply?.[0]?.startsWith('354') === true;
}
