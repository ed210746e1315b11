// What happened to mail, as vectors have it. @see outcome in oracle/pforacle.py
import { quoteAddress } from '../../../src/rules/address/quote.ts';
import type { Delivery, JourneyMessage, JourneyNode } from '../../../src/rules/journey.ts';
import { toPrintable } from '../../../src/rules/octets.ts';
import { toChildQueueId } from '../../../src/rules/queue-id.ts';
import type { WrittenTime } from '../normalise.ts';
import { decodeText } from '../python/text.ts';
import type { Switch } from '../vector-outcome.ts';
import type { Happening, LogFacts, TakenMail } from './happening.ts';
import { listLog } from './log-lines.ts';
import { findMailTimes, listFields, normaliseMail, splitMail, toMailText } from './mail-text.ts';
import { findRecorder, type RecordedAct, type Recorder } from './recorder.ts';

/** What a probe asks to be recorded. */
export interface Wanted {
  readonly headers?: unknown;
  readonly want_headers?: Switch;
  readonly want_body?: Switch;
  readonly want_full?: Switch;
}

/** The members that tell of mail, but for files and the queue. */
export interface MailOutcome {
  readonly deliveries: readonly object[];
  readonly messages: readonly object[];
  readonly log: readonly string[];
  /** The dates and the like that were replaced. */
  readonly times: readonly WrittenTime[];
  /** Puts `<Q1>` for a queue ID of these messages. */
  readonly hideIds: (text: string) => string;
}

/** A message, numbered within the probe. */
interface Numbered {
  readonly msg: number;
  readonly mail: TakenMail;
  readonly message: JourneyMessage;
  readonly queueId: string;
  readonly acts: readonly RecordedAct[];
}

/** Tells of mail as vectors do. */
export function toMailOutcome({ mails, sessionLog, acts }: Happening, wanted: Wanted, facts: LogFacts): MailOutcome {
  const all = mails.flatMap((mail) => mail.journey.messages.map((message) => ({ mail, message })));
  const numbered = all.map(({ mail, message }, i) => toNumbered({ mail, message, msg: i + 1 }, acts));
  const ids = numberIds(numbered, sessionLog);
  const hideIds = openIdHider(ids);
  const ended = numbered.filter(({ message: { origin, state } }) =>
    origin === 'received' ? state === 'queued' : state !== 'rejected',
  );
  const contents = acts.map(({ content }) => toMailText(content));
  return {
    deliveries: ended.flatMap((one) => listDeliveries(one, { facts, hideIds })),
    messages: ended.map((one) => toMessage(one, numbered, { wanted, facts, hideIds })),
    log: listLog({ sessionLog, messages: numbered, ids, facts }).map((line) => normaliseMail(hideIds(line))),
    times: contents.flatMap(findMailTimes),
    hideIds,
  };
}

/** The ID of a message that was refused at its end is in the session's lines alone: it has a number of its own. */
function numberIds(numbered: readonly Numbered[], sessionLog: Happening['sessionLog']): ReadonlyMap<string, number> {
  const ids = new Map(numbered.map(({ queueId, msg }) => [queueId, msg]));
  for (const { queueId } of sessionLog) {
    if (queueId !== undefined && !ids.has(queueId)) ids.set(queueId, ids.size + 1);
  }
  return ids;
}

/** A child's ID begins with its parent's. */
function openIdHider(ids: ReadonlyMap<string, number>): (text: string) => string {
  const longestFirst = [...ids].toSorted(([a], [b]) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, [queueId, msg]) => rest.replaceAll(queueId, `<Q${msg}>`), text);
}

function toNumbered(
  { mail, message, msg }: Pick<Numbered, 'mail' | 'message' | 'msg'>,
  acts: readonly RecordedAct[],
): Numbered {
  const done = listEnds(mail, message).map(({ node, delivery }) =>
    acts.findLast((one) => one.number === message.number && one.node === node && isSame(one.act, delivery.act)),
  );
  const own = done.filter((act) => act !== undefined);
  const queueId = message.number === 1 ? mail.queueId : toChildQueueId(mail.queueId, message.number - 1);
  return { msg, mail, message, queueId, acts: own };
}

/** Journeys are kept as JSON. */
function isSame(act: RecordedAct['act'], kept: Delivery['act']): boolean {
  return JSON.stringify(act) === JSON.stringify(kept);
}

type End = JourneyNode & { readonly node: number; readonly delivery: Delivery };

/** The recipients of a message that a delivery agent has finished with, and which the log tells of. */
function listEnds({ journey }: TakenMail, { number }: JourneyMessage): readonly End[] {
  return journey.nodes.flatMap((one, node) =>
    one.message === number && one.delivery !== undefined && one.delivery.waitsIn === undefined
      ? [{ ...one, delivery: one.delivery, node }]
      : [],
  );
}

interface Ways {
  readonly facts: LogFacts;
  readonly hideIds: (text: string) => string;
}

function listDeliveries({ mail, message, msg, acts }: Numbered, ways: Ways): readonly object[] {
  return listEnds(mail, message).map(({ delivery }) => ({ msg, ...toDelivery(delivery, acts, ways) }));
}

function toDelivery(delivery: Delivery, acts: readonly RecordedAct[], { facts, hideIds }: Ways): object {
  const to = toLoggedAddress(delivery.recipient, facts);
  const transport = facts.nameAgent(delivery.transport);
  const recorder = findHandedOver({ to, transport }, acts);
  return {
    to,
    ...(delivery.original === undefined ? {} : { orig_to: toLoggedAddress(delivery.original, facts) }),
    transport,
    ...(recorder === undefined ? {} : { nexthop: toText(recorder.nexthop) }),
    ...(recorder === undefined && transport === 'smtp' ? { relay: toLogged(delivery.relay, facts) } : {}),
    dsn: delivery.dsn,
    status: toStatus(delivery),
    text: hideIds(toLogged(delivery.text, facts)).replace(/^forwarded as .*/, 'forwarded as <QID>'),
  };
}

/** What a recorder got; QUIRK: only where the log calls the recipient as the recorder was told. */
function findHandedOver(
  { to, transport }: { readonly to: string; readonly transport: string },
  acts: readonly RecordedAct[],
): Recorder | undefined {
  return acts
    .map(({ act }) => findRecorder(act))
    .find((one) => one !== undefined && one.service === transport && toText(one.recipient) === to);
}

/** How the log calls it. */
function toStatus({ status, isSoftBounce }: Delivery): string {
  if (isSoftBounce === true) return 'SOFTBOUNCE';
  return status === 'forwarded' || status === 'discarded' || status === 'filtered' ? 'sent' : status;
}

function toMessage(one: Numbered, all: readonly Numbered[], { wanted, ...ways }: Ways & { wanted: Wanted }): object {
  const { mail, message, msg } = one;
  const isChild = message.origin !== 'received';
  const parent = all.find((other) => other.mail === mail && other.message.number === message.of);
  return {
    msg,
    // The queue manager tells of senders, and what cleanup(8) bounces by itself never comes to it.
    sender: message.state === 'bounced' ? null : toLoggedAddress(message.sender, ways.facts),
    ...(parent !== undefined && isChild && isToldOf(one, parent) ? { origin: message.origin, of: parent.msg } : {}),
    ...toContent(one, { wanted, ...ways }),
  };
}

/** QUIRK: of what is forwarded the log tells only once it is all done: not where it has to be tried again. */
function isToldOf({ message }: Numbered, parent: Numbered | undefined): boolean {
  if (message.origin !== 'forward' || parent === undefined) return true;
  return listEnds(parent.mail, parent.message).some(({ delivery }) => delivery.forwardedAs === message.number);
}

/** Of the content, what is asked for and a recorder got. */
function toContent({ mail, message, acts }: Numbered, { wanted, facts, hideIds }: Ways & { wanted: Wanted }): object {
  const handedOver = listEnds(mail, message).some(
    ({ delivery }) =>
      findHandedOver(
        { to: toLoggedAddress(delivery.recipient, facts), transport: facts.nameAgent(delivery.transport) },
        acts,
      ) !== undefined,
  );
  const got = handedOver ? acts.find(({ act }) => findRecorder(act) !== undefined) : undefined;
  if (got === undefined) return {};
  const text = toMailText(got.content);
  const { head, body } = splitMail(text);
  const isChild = message.origin !== 'received';
  const wantsHeaders = wanted.want_headers || (wanted.headers !== undefined && !isChild);
  return {
    ...(wantsHeaders ? { headers: listFields(head, hideIds) } : {}),
    ...(wanted.want_body && !isChild ? { body } : {}),
    ...(wanted.want_full ? { full: normaliseMail(hideIds(text)) } : {}),
  };
}

/** An address as it stands in the log: with quotes where it needs them, mostly. */
function toLoggedAddress(address: string, facts: LogFacts): string {
  return address === '' ? '' : toLogged(facts.isExternal ? quoteAddress(address) : address, facts);
}

/** As it stands in the log. */
function toLogged(octets: string, { isUtf8 }: LogFacts): string {
  return toText(toPrintable(octets, isUtf8));
}

function toText(octets: string): string {
  return decodeText(Buffer.from(octets, 'latin1'));
}
