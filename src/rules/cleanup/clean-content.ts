import type { LogLine } from '../journey.ts';
import { cutAtNul, cutLine, makeRecord, type ContentRecord } from '../mime/content-records.ts';
import { openMimeMachine, type MimeFault, type MimeMachine } from '../mime/mime-machine.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld } from '../world.ts';
import { isFiltering, openCharacterFilter } from './character-filter.ts';
import type { CleanupLog } from './cleanup-log.ts';
import type { CleanupRequest, CleanupResult } from './cleanup-request.ts';
import { openContentChecks } from './content-checks.ts';
import { isOver, openDecision, toEnd, type ContentDecision } from './content-decision.ts';
import { openCleanupView, readContentSettings, type ContentSettings } from './content-settings.ts';
import type { EditScript } from './edit-script.ts';
import { openEditWriter } from './edit-writer.ts';
import { openHeaderPass, toLines } from './header-pass.ts';
import { listMissingHeaders } from './missing-headers.ts';
import { makeReceivedHeader } from './received-header.ts';

/** Whose address a header's is: canonical(5) and masquerading have classes for either. */
export type HeaderRole = 'header_sender' | 'header_recipient';

/** Where it is written down what is said of addresses. */
export interface MappingNotes {
  readonly log: CleanupLog;
  readonly steps: TraceStep[];
}

/** A message's content, and what cleanup(8) knows of its envelope by then. */
export interface ContentRequest {
  readonly message: CleanupRequest;
  /** The sender as rewritten and mapped, in internal form. */
  readonly sender: Octets;
  /** The last recipient as rewritten and mapped, but not expanded, in internal form; undefined without recipients. */
  readonly lastRecipient: Octets | undefined;
  /**
   * Rewrites an address of a header: to standard form by the client's context, then by canonical maps, then
   * masquerading. In external form, and so is what comes out.
   * @param notes gets the warnings and steps
   * @returns undefined if a table can't answer: the message is refused for now
   */
  mapAddress(address: Octets, role: HeaderRole, notes: MappingNotes): Octets | undefined;
}

/** What cleanup(8) made of the content. */
export interface CleanedContent {
  /** From the raw octets to the content as queued; empty if the message isn't queued. */
  readonly edits: EditScript;
  readonly encoding: CleanupResult['encoding'];
  /** What becomes of the message, access rules' HOLD and DISCARD counted in. */
  readonly end: CleanupResult['end'];
  /** What a check's FILTER says: it replaces any other. */
  readonly filter: Octets | undefined;
  /** What a check's REDIRECT says: it replaces any other, and all recipients. */
  readonly redirect: Octets | undefined;
  /** What checks' BCC say, in their order; these come beside those of access rules. */
  readonly bcc: readonly Octets[];
  readonly steps: readonly TraceStep[];
  readonly log: readonly LogLine[];
}

/** The gravest first. */
const FAULTS: readonly (readonly [MimeFault, Octets])[] = [
  ['nesting', 'MIME nesting exceeds safety limit'],
  ['header-8bit', 'improper use of 8-bit data in message header'],
  ['body-8bit', 'improper use of 8-bit data in message body'],
  ['encoding-domain', 'invalid message/* or multipart/* encoding domain'],
];
const FAULT_TEXTS: ReadonlyMap<MimeFault, Octets> = new Map(FAULTS);
const LOGGED_CHARACTERS = 100;

/**
 * Decides what becomes of a message's content: headers added, rewritten and dropped, checks of headers and body. The
 * body is looked at as far as something depends on it.
 * @see cleanup(8), header_checks(5)
 */
export function cleanContent(request: ContentRequest, world: RuleWorld): CleanedContent {
  const { message } = request;
  const view = openCleanupView(message, world);
  const isChecked = !message.overrides.has('no_header_body_checks');
  const all = readContentSettings(view);
  const settings = isChecked ? all : { ...all, faults: NO_FAULTS };
  const decision = openDecision(request, { isChecking: isChecked, logsUtf8: settings.logsUtf8, view });
  const filterCharacters = openCharacterFilter(settings, decision);
  const checks = openContentChecks(decision);
  const headers = openHeaderPass({ request, settings, decision, checks });
  const raw = Buffer.from(message.raw.buffer, message.raw.byteOffset, message.raw.byteLength);
  const writer = openEditWriter(raw);
  const faults = new Set<MimeFault>();

  const machine = openMimeMachine(settings, {
    header(header) {
      writer.replace(header.start, header.end, headers.pass(header));
    },
    endOfHeaders(headerClass, at) {
      if (headerClass !== 'primary' || isOver(decision) || !(headers.isRewriting || settings.addsAlways)) return;
      const missing = listMissingHeaders(request, headers.seen(), view, decision.log);
      for (const header of missing) {
        decision.steps.push({ stage: 'cleanup', result: header, note: 'header added' });
        writer.replace(at, at, toLines(header, settings.headerLimit));
      }
    },
    body(record, offset) {
      if (record.start === record.end) writer.replace(record.start, record.end, '\r\n');
      const lineEnd = record.isPartial ? '' : '\r\n';
      if (record.isStripped) writer.replace(record.start, record.end, record.text + lineEnd);
      if (!isBodyChecked(settings, decision, offset)) return;
      const outcome = checks.look(settings.bodyChecks, { context: 'body', text: cutAtNul(record.text) });
      if (outcome.kind === 'drop') writer.replace(record.start, record.end, '');
      if (outcome.kind === 'replace') writer.replace(record.start, record.end, outcome.text + lineEnd);
      if (outcome.kind === 'prepend') writer.replace(record.start, record.start, `${outcome.text}\r\n`);
    },
    fault(fault, text) {
      faults.add(fault);
      const origin = decision.log.describe({ hasSession: false });
      const problem = `${FAULT_TEXTS.get(fault) ?? ''}: ${text.slice(0, LOGGED_CHARACTERS)}`;
      decision.log.info(`reject: mime-error ${problem} ${origin}`);
    },
  });
  const pushFiltered = (record: ContentRecord): void => {
    const filtered = filterCharacters(record);
    if (filtered !== undefined) machine.push(filtered);
  };

  // What Postfix makes itself has its own before it comes here.
  const received = message.origin === 'received' ? makeReceivedHeader(message, world.view(message.service)) : [];
  for (const line of [...message.actions.prepend, ...received]) {
    if (!isOver(decision)) pushFiltered(makeRecord(line, 0));
  }
  const isNeeded = (): boolean => needsLines(settings, decision, machine);
  const isDone = (): boolean =>
    isOver(decision) || (machine.isInBody() && !isNeeded() && !needsParts(settings, decision));
  pushRecords(raw, { message, settings, machine, take: pushFiltered, isNeeded, isDone });
  if (!isOver(decision)) machine.finish(raw.length);
  checks.finish();
  const fault = FAULTS.find(([one]) => faults.has(one));
  if (fault !== undefined && !isOver(decision)) {
    decision.rejection = { state: 'rejected', code: 550, dsn: '5.6.0', text: fault[1] };
  }
  const { encoding, filter, redirect, bcc, steps, log } = decision;
  const edits = isOver(decision) ? [] : writer.finish();
  return { edits, encoding, end: toEnd(decision, view), filter, redirect, bcc, steps, log: log.lines };
}

const NO_FAULTS: ReadonlySet<MimeFault> = new Set();

type CheckedSettings = ContentSettings & { readonly bodyChecks: NonNullable<ContentSettings['bodyChecks']> };

function isBodyChecked(
  settings: ContentSettings,
  { isChecking }: ContentDecision,
  offset: number,
): settings is CheckedSettings {
  const { bodyChecks, bodyCheckLimit } = settings;
  return isChecking && bodyChecks !== undefined && (bodyCheckLimit === 0 || offset < bodyCheckLimit);
}

/** Whether each line of the body must be looked at. */
function needsLines(settings: ContentSettings, decision: ContentDecision, machine: MimeMachine): boolean {
  return (
    isFiltering(settings, decision) ||
    settings.faults.has('body-8bit') ||
    isBodyChecked(settings, decision, machine.bodyOffset())
  );
}

/** Whether something depends on the headers of parts, or on where these begin. */
function needsParts(settings: ContentSettings, decision: ContentDecision): boolean {
  const { multipart, nested } = settings.headerChecks;
  const isChecked = multipart !== undefined || nested !== undefined || settings.bodyChecks !== undefined;
  return (
    settings.faults.size > 0 ||
    (settings.detects8bit && decision.encoding !== '8bit') ||
    (decision.isChecking && isChecked)
  );
}

interface Reading {
  readonly message: CleanupRequest;
  readonly settings: ContentSettings;
  readonly machine: MimeMachine;
  /** Takes each line. */
  readonly take: (record: ContentRecord) => void;
  /** Whether each line of the body is wanted: else only those that may be boundaries. */
  readonly isNeeded: () => boolean;
  /** Whether no line is wanted any more. */
  readonly isDone: () => boolean;
}

/** Pushes the raw octets' records, as smtpd(8) hands them on. */
function pushRecords(raw: Buffer, { message, settings, machine, take, isNeeded, isDone }: Reading): void {
  const push = (record: ContentRecord): void => {
    if (!isDone()) take(record);
  };
  let isFirst = message.origin === 'received' && message.isChunked !== true;
  let isWithinLine = false;
  const pushFirst = (record: ContentRecord): void => {
    const { text, start, isPartial } = record;
    if (!isWithinLine) {
      isFirst = /^>*From /.test(text);
      if (/^[ \t]/.test(text)) push(makeRecord('', start));
    }
    push(isFirst && !isWithinLine ? { ...record, text: `X-Mailbox-Line: ${text}` } : record);
    isWithinLine = isPartial;
  };
  for (let at = 0; at < raw.length && !isDone();) {
    if (machine.isInBody() && !isNeeded()) {
      at = machine.awaitsBoundary() ? findDashes(raw, at) : raw.length;
      if (at === raw.length) return;
    }
    at = cutLine(raw, at, settings.lineLimit, isFirst ? pushFirst : push);
  }
}

/** The next line from `from` on that begins with `--`, if `from` is where a line begins. */
function findDashes(raw: Buffer, from: number): number {
  if (raw.toString('latin1', from, from + 2) === '--') return from;
  const found = raw.indexOf('\n--', from, 'latin1');
  return found < 0 ? raw.length : found + 1;
}
