// Kind `session`: a raw dialogue. @see p_session in oracle/pforacle.py
import type { Answer, World } from '../answer.ts';
import { toOutcomeAnswer } from '../mail/answer.ts';
import type { MailSystem } from '../mail/mail-system.ts';
import { announcesXclient, findQueueIds, hideQueueId } from '../mail/reply.ts';
import { connectClient, toTlsOptions } from '../mail/connect.ts';
import type { ReplyLines, SmtpClient } from '../mail/smtp-client.ts';
import { encodeText } from '../python/text.ts';
import type { ProbeTls, SessionProbe } from '../vector.ts';
import { greet } from './smtp.ts';

/** Holds the dialogue, and tells of the replies and the outcome. */
export async function askSession(probe: SessionProbe, system: MailSystem, world: World): Promise<Answer> {
  const port = probe.port ?? 25;
  const read = await hold(probe, system, world);
  const shown = (lines: ReplyLines): ReplyLines =>
    lines?.filter((line) => probe.show_xclient || !announcesXclient(line)).map(hideQueueId) ?? null;
  const queueIds = read.flatMap(findQueueIds);
  return await toOutcomeAnswer({ replies: read.map(shown) }, { probe, system, world, queueIds, port });
}

/** @returns the replies, the banner's first; the client has hung up */
async function hold(probe: SessionProbe, system: MailSystem, { vector }: World): Promise<readonly ReplyLines[]> {
  using client = await connectClient(probe, system, vector);
  const startTls = (tls: ProbeTls): Promise<boolean> => client.startTls(toTlsOptions(tls, vector));
  return [await greet(client, probe.client, false), ...(await converse(client, probe.lines, startTls))];
}

async function converse(
  client: SmtpClient,
  lines: SessionProbe['lines'],
  startTls: (tls: ProbeTls) => Promise<boolean>,
): Promise<readonly ReplyLines[]> {
  const replies: ReplyLines[] = [];
  let isContent = false;
  for (const line of lines) {
    if (typeof line === 'object' && 'tls' in line) {
      if (await startTls(line.tls)) continue;
      replies.push(null);
      break;
    }
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
