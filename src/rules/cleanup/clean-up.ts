import { foldName } from '../lists/list-items.ts';
import type { Trail } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import type { RuleWorld } from '../world.ts';
import { goOn, listSteps, openWayWriter, startWay, toPlace, type Stop } from './address-way.ts';
import { cleanContent, type CleanedContent } from './clean-content.ts';
import { openCleanupLog } from './cleanup-log.ts';
import type { CleanupRequest, CleanupResult } from './cleanup-request.ts';
import { isRefused, reject, type CleanupState } from './cleanup-state.ts';
import { openCleanupView } from './content-settings.ts';
import { readEnvelopeSettings } from './envelope-settings.ts';
import { openHeaderMapping } from './header-mapping.ts';
import { exceedsQueueFile } from './queue-file-size.ts';
import { TOO_BIG } from './rejection.ts';
import { addsCopies, findBcc, openRecipientQueue, type RecipientQueue } from './recipient-queue.ts';
import { redirectRecipients } from './redirect.ts';
import { mapStandardAddress, rewriteEnvelopeAddress } from './standard-address.ts';

/**
 * Decides what comes to the queue of a message that is handed in: its sender and recipients, rewritten, mapped and
 * expanded; its content; or why it isn't taken. Postfix's order is kept: as soon as the message is refused, what comes
 * after is not looked at.
 * @param trail gets each recipient with all that comes of it
 * @see cleanup(8)
 */
export function cleanUp(request: CleanupRequest, world: RuleWorld, trail: Trail): CleanupResult {
  const state = openState(request, world);
  const queue = openRecipientQueue(state, trail);
  const sender = takeSender(state, queue);
  takeRecipients(state, queue, trail);
  const content = isRefused(state) ? undefined : takeContent(sender.address, state, queue);
  if (content !== undefined && isTaken(content.end)) addCopies(content, state, queue);
  const steps = content === undefined ? [] : checkSize(content, { state, sender: sender.address, queue });

  const end = state.rejection ?? content?.end ?? NO_RECIPIENTS;
  const redirect = isTaken(end) ? (content?.redirect ?? request.actions.redirect) : undefined;
  const { recipients } = queue;
  return {
    sender: sender.address,
    recipients:
      redirect === undefined
        ? recipients
        : redirectRecipients(recipients, { address: redirect, message: request.number }, world, trail),
    edits: isTaken(end) || end.state === 'bounced' ? (content?.edits ?? []) : [],
    encoding: content?.encoding ?? '',
    filter: redirect === undefined ? findFilter(content, request, world) : '',
    end,
    reports: queue.reports,
    steps: [...listSteps(sender), ...(content?.steps ?? []), ...steps],
    log: state.log.lines,
  };
}

const NO_RECIPIENTS: CleanupResult['end'] = {
  state: 'rejected',
  code: 550,
  dsn: '5.1.0',
  text: 'Error: no recipients specified',
};

/** Whether the message comes to the queue. */
function isTaken({ state }: CleanupResult['end']): boolean {
  return state === 'queued' || state === 'held';
}

function openState(message: CleanupRequest, world: RuleWorld): CleanupState {
  const view = openCleanupView(message, world);
  const settings = readEnvelopeSettings(view);
  return { message, world, view, settings, log: openCleanupLog(message, settings.smtputf8), rejection: undefined };
}

function takeSender(state: CleanupState, queue: RecipientQueue): Stop {
  const { message, settings } = state;
  const rewritten = rewriteEnvelopeAddress(startWay(message.sender), state);
  const stop = mapStandardAddress(withoutMailerDaemon(rewritten, state), 'envelope_sender', state);
  const bcc = findBcc(stop.address, settings.senderBcc, stop.steps, state);
  if (bcc !== undefined) queue.addBcc(bcc.address, bcc.step);
  return stop;
}

/** Mail from this system's MAILER-DAEMON is mail from nobody, so that bounces of other programs aren't bounced. */
function withoutMailerDaemon(stop: Stop, { world, settings }: CleanupState): Stop {
  if (!/^mailer-daemon@/i.test(stop.address)) return stop;
  const own = rewriteInternalAddress('MAILER-DAEMON', 'local', world.view('rewrite/unix'));
  const { smtputf8 } = settings;
  if (foldName(stop.address, smtputf8) !== foldName(own, smtputf8)) return stop;
  return goOn(stop, '', { stage: 'cleanup', key: stop.address, result: '', note: 'the null sender' });
}

function takeRecipients(state: CleanupState, queue: RecipientQueue, trail: Trail): void {
  const { number: message, recipients } = state.message;
  for (const recipient of recipients) {
    if (!isRefused(state)) {
      queue.add(recipient);
      continue;
    }
    const { address, parent } = recipient;
    const node = openWayWriter(trail, message, { parent, isEnvelope: true }).write(startWay(address));
    trail.note(node, [{ stage: 'cleanup', note: 'not looked at: the message was refused before' }]);
  }
}

function takeContent(sender: Octets, state: CleanupState, queue: RecipientQueue): CleanedContent | undefined {
  const lastRecipient = queue.last();
  if (lastRecipient === undefined) return undefined;
  const { message, world, log } = state;
  const mapAddress = openHeaderMapping(state);
  const content = cleanContent({ message, sender, lastRecipient, mapAddress }, world);
  log.append(content.log);
  return content;
}

/** Recipients that come after the content: those of access rules, always_bcc, those of header and body checks. */
function addCopies({ bcc }: CleanedContent, state: CleanupState, queue: RecipientQueue): void {
  const { message, settings, view } = state;
  for (const [index, address] of message.actions.bcc.entries()) {
    if (isRefused(state)) return;
    const step: TraceStep = { stage: 'smtpd', result: address, note: 'BCC of an access rule' };
    // QUIRK: smtpd(8) writes NOTIFY=NEVER after each of them, and cleanup(8) takes it for the next one.
    const notify = index === 0 ? [] : (['NEVER'] as const);
    queue.add({ address, orcpt: '', notify, original: '', parent: undefined }, step);
  }
  if (isRefused(state)) return;
  if (settings.alwaysBcc !== '' && addsCopies(message)) {
    const result = settings.alwaysBcc;
    const parameter = 'always_bcc';
    queue.addBcc(result, { stage: 'bcc', parameter, ...toPlace(view.placeOf(parameter)), result });
  }
  if (isRefused(state)) return;
  for (const address of bcc)
    queue.addBcc(address, { stage: 'bcc', result: address, note: 'BCC of a header or body check' });
}

interface Filling {
  readonly state: CleanupState;
  readonly sender: Octets;
  readonly queue: RecipientQueue;
}

/** Refuses what is larger than a file in the queue may be. @returns the step that says so */
function checkSize(
  { end, edits, encoding }: CleanedContent,
  { state, sender, queue: { recipients } }: Filling,
): readonly TraceStep[] {
  const { message, view, log } = state;
  const limit = view.integer('message_size_limit');
  const file = { message, sender, recipients, edits, encoding, lineLimit: view.integer('line_length_limit') };
  if (isRefused(state) || !isTaken(end) || !exceedsQueueFile(file, limit)) return [];
  reject(state, TOO_BIG);
  // What is too large by itself doesn't come to its end: smtpd(8) hands on no more of it.
  const isCut = message.origin === 'received' && message.raw.byteLength > limit;
  if (!isCut) log.warnOfMessage('queue file size limit exceeded');
  log.warn('mail_stream_cleanup: close error');
  const parameter = 'message_size_limit';
  const note = 'the queue file is larger: envelope and headers count, too';
  return [{ stage: 'cleanup', parameter, ...toPlace(view.placeOf(parameter)), result: String(limit), note }];
}

/** The last of content_filter, an access rule's FILTER, and a check's. Mail that Postfix makes itself isn't filtered. */
function findFilter(content: CleanedContent | undefined, request: CleanupRequest, world: RuleWorld): Octets {
  const { origin, service, actions } = request;
  const filter = content?.filter ?? actions.filter;
  return filter ?? (origin === 'received' ? world.view(service).get('content_filter') : '');
}
