import { formatFaultRule, type FaultRule, type FaultStage } from '../../rules/chaos/fault-rule.ts';
import { openFault, type Fault, type FaultCount, type FaultEvent } from '../../rules/chaos/faults.ts';
import { readFaultRules } from '../../rules/chaos/read-fault-rules.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Decide, SmtpCommand } from './decide.ts';
import type { SmtpReply } from './reply.ts';
import type { Session } from './session.ts';

/** The mistakes that are made on purpose. */
export interface Chaos {
  /** Answers commands in the server's place, or late. */
  readonly decide: Decide;
  /**
   * Sets what the API asks for, in the place of what it asked for before. Counting begins anew.
   * @param asked.rules in the place of those of catch_chaos; undefined: those hold again
   * @param asked.extra go before them
   */
  replace(asked: { readonly extra: readonly FaultRule[]; readonly rules: readonly FaultRule[] | undefined }): void;
  /** Adds a rule, which goes before the others. Disposing of the answer takes it away. */
  add(rule: FaultRule): Fault & Disposable;
  /** What is in force, in order: what was added, then what was put in the place of catch_chaos, or it itself. */
  list(): readonly FaultCount[];
}

/** Opens it; until somebody says otherwise, catch_chaos holds. @param currentSettings of the whole program */
export function openChaos(currentSettings: () => Settings): Chaos {
  const added = new Set<Fault>();
  let extra: readonly Fault[] = [];
  let replaced: readonly Fault[] | undefined;
  const configured = openConfigured();

  const open = (rule: FaultRule): Fault => openFault(rule, currentSettings().get('catch_chaos_seed'));
  const inForce = (settings: Settings): readonly Fault[] => [...added, ...extra, ...(replaced ?? configured(settings))];
  return {
    decide(command, session) {
      const faults = inForce(session.settings);
      return faults.length === 0 ? undefined : strike(faults, command, session);
    },
    replace(asked) {
      extra = asked.extra.map(open);
      replaced = asked.rules?.map(open);
    },
    add(rule) {
      const fault = open(rule);
      added.add(fault);
      return { ...fault, [Symbol.dispose]: () => void added.delete(fault) };
    },
    list: () => inForce(currentSettings()).map((fault) => fault.count()),
  };
}

/** A service of master.cf may have rules of its own; those that say the same count together, also after a reload. */
const MOST_TEXTS = 32;

function openConfigured(): (settings: Settings) => readonly Fault[] {
  const known = new Map<string, readonly Fault[]>();
  return (settings) => {
    const text = settings.get('catch_chaos');
    if (text === '') return NONE;
    const seed = settings.get('catch_chaos_seed');
    const key = `${seed} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const read = readFaultRules(text);
    const faults = 'fault' in read ? NONE : read.rules.map((rule) => openFault(rule, seed));
    if (known.size >= MOST_TEXTS) known.clear();
    known.set(key, faults);
    return faults;
  };
}

const NONE: readonly Fault[] = [];

/** Every rule counts; those that only delay add up, and of those that answer the first counts. */
function strike(faults: readonly Fault[], command: SmtpCommand, session: Session): ReturnType<Decide> {
  const event = toEvent(command, session);
  if (event === undefined) return undefined;
  const struck = faults.filter((fault) => fault.meet(event));
  if (struck.length === 0) return undefined;
  let delayMs = 0;
  let answer: SmtpReply | 'hang up' | undefined;
  for (const { rule, text } of struck) {
    session.dialogue.note(`catch_chaos: ${text}`);
    noteFault(session, command, rule);
    delayMs += rule.delayMs ?? 0;
    if (rule.octetsPerSecond !== undefined) session.octetsPerSecond = rule.octetsPerSecond;
    answer ??= toAnswer(rule);
  }
  if (answer !== undefined) session.isRefusalBorne = true;
  return delayMs === 0 ? answer : waited(session, delayMs).then(() => answer);
}

/** Of so many in one transaction the journey tells; the session's dialogue has all. */
const MOST_TOLD = 100;

function noteFault({ faults }: Session, command: SmtpCommand, rule: FaultRule): void {
  if (faults.length >= MOST_TOLD) return;
  faults.push({
    at: command.verb,
    ...(command.verb === 'RCPT' && { recipient: command.path.text }),
    rule: formatFaultRule(rule),
    said: rule.reply ?? (rule.disconnect === true ? 'no reply' : undefined),
  });
}

function toAnswer({ reply, disconnect }: FaultRule): SmtpReply | 'hang up' | undefined {
  if (disconnect === true) return 'hang up';
  if (reply === undefined) return undefined;
  const [, code = '', enhanced, text = ''] = /^(\d{3}) (?:(\d\.\d+\.\d+) )?(.*)$/.exec(reply) ?? [];
  return { code: Number(code), ...(enhanced !== undefined && { enhanced }), text };
}

/** Resolves after so long, or when the client has gone. */
async function waited({ clock, signal }: Session, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = clock.setTimer(delayMs, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    const leave = () => {
      timer[Symbol.dispose]();
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}

const STAGES: Readonly<Record<SmtpCommand['verb'], FaultStage | undefined>> = {
  CONNECT: 'connect',
  HELO: 'helo',
  EHLO: 'helo',
  LHLO: 'helo',
  STARTTLS: 'starttls',
  AUTH: 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  BDAT: 'data',
  'END-OF-DATA': 'message',
  KEPT: 'kept',
  VRFY: undefined,
  ETRN: undefined,
};

/** @returns undefined for what no fault strikes */
function toEvent(command: SmtpCommand, session: Session): FaultEvent | undefined {
  const at = STAGES[command.verb];
  if (at === undefined || (command.verb === 'CONNECT' && command.isPlayed)) return undefined;
  const { transaction, peer, helo = '', username = '', dialogue, clock } = session;
  const taken = transaction?.recipients.map(({ address }) => address) ?? [];
  return {
    at,
    nowMs: clock.nowMs(),
    session: dialogue.sessionId,
    client: peer.address,
    helo: 'name' in command ? command.name : helo,
    login: command.verb === 'AUTH' ? command.username : username,
    sender: command.verb === 'MAIL' ? command.path.mailbox : (transaction?.reversePath.mailbox ?? ''),
    recipients: command.verb === 'RCPT' ? [command.path.mailbox] : taken,
  };
}
