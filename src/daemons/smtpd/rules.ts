import type { Lookups } from '../../lookups/lookups.ts';
import { findSyntaxFault } from '../../rules/access/address-syntax.ts';
import { decideAccess } from '../../rules/access/decide.ts';
import type { AccessCommand, AccessState } from '../../rules/access/state.ts';
import { fromOctets, toOctets, type Octets } from '../../rules/octets.ts';
import type { RecordedAnswers } from '../../rules/question.ts';
import type { RuleWorld, View } from '../../rules/world.ts';
import type { SmtpCommand } from './decide.ts';
import type { Session } from './session.ts';
import type { SmtpReply } from './reply.ts';

/** What a listener's sessions ask rules with. */
export interface SmtpdRules {
  /** As it is now: a session keeps the one that it began with. */
  readonly currentWorld: () => RuleWorld;
  /** Makes a decision whose tables may have to ask outside. */
  readonly decide: Lookups['decide'];
}

/** What one session asks rules with. */
export interface SessionRules {
  readonly world: RuleWorld;
  /** The listener, as master.cf has it. */
  readonly service: Octets;
  readonly view: View;
  readonly decide: Lookups['decide'];
}

/** Begins to ask, with the rules as they are now. */
export function openSessionRules({ currentWorld, decide }: SmtpdRules, service: string): SessionRules {
  const world = currentWorld();
  const name = toOctets(service);
  return { world, service: name, view: world.view(name), decide };
}

/**
 * What Postfix would answer to a command, and what the command leaves behind for those to come.
 * @returns the refusal; undefined: it takes effect; `hang up` without a word, where a table says so
 */
export async function askAccess(
  session: Session,
  rules: SessionRules,
  command: SmtpCommand,
): Promise<SmtpReply | 'hang up' | undefined> {
  const asked = toAccessCommand(command);
  if (asked === undefined) return undefined;
  const state = toState(session, command);
  const how = { signal: session.signal, asksPolicy: true };
  const { value, policyAnswers } = await rules.decide(() => decideAccess(asked, state, rules), how);
  session.access = value.state;
  for (const errorClass of value.errorClasses) session.record.add(errorClass);
  // At its end the transaction is over already.
  const queueId = command.verb === 'END-OF-DATA' ? command.queueId : session.transaction?.queueId;
  for (const { program, text, isBare } of value.log) {
    const isAboutMessage = queueId !== undefined && isBare !== true;
    const fields = { session: session.dialogue.sessionId, program, ...(isAboutMessage && { queueId }) };
    session.log.info(fields, fromOctets(text));
  }
  const { reply } = value;
  const isRefusedAndKept = command.verb === 'RCPT' && reply !== undefined && leavesTrace(state, value.state);
  if (isRefusedAndKept) keepRefused(session, command);
  if (policyAnswers && (reply === undefined || isRefusedAndKept)) keepPolicyAnswers(session, command, policyAnswers);
  if (value.hangsUp) return 'hang up';
  if (command.verb === 'CONNECT') session.isDenied = reply !== undefined;
  return reply && { ...reply, text: fromOctets(reply.text) };
}

/**
 * Whether an access rule said something about the whole message, or looked the sender up. QUIRK: a sender that was found
 * to be unlisted isn't looked up again for the next recipient.
 */
function leavesTrace({ transaction: before }: AccessState, { transaction }: AccessState): boolean {
  if (transaction === undefined || before === undefined) return false;
  return transaction.actions !== before.actions || transaction.isSenderChecked !== before.isSenderChecked;
}

/** QUIRK: Postfix does with the message what a rule said, though its recipient was refused. Of too many, the rest is left out. */
function keepRefused(
  { transaction, settings }: Session,
  { path }: Extract<SmtpCommand, { readonly verb: 'RCPT' }>,
): void {
  if (transaction === undefined || transaction.refused.length >= settings.get('smtpd_recipient_limit')) return;
  transaction.refused.push({ address: toOctets(path.mailbox), place: transaction.recipients.length });
}

/** The verdict on the message takes them from here: a server that counts, or greylists, is asked but once. */
function keepPolicyAnswers(session: Session, { verb }: SmtpCommand, answers: RecordedAnswers): void {
  const { earlyPolicyAnswers: early, transaction } = session;
  if (verb === 'CONNECT' || verb === 'MAIL') early[verb] = answers;
  else if (verb === 'HELO' || verb === 'EHLO') early.HELO = answers;
  else if (transaction !== undefined) transaction.policyAnswers = { ...transaction.policyAnswers, ...answers };
}

/** The refusal of an address that is none; undefined if nothing is wrong with it. */
export async function findAddressFault(
  session: Session,
  { world, decide }: SessionRules,
  command: AccessCommand,
): Promise<SmtpReply | undefined> {
  const { access, signal } = session;
  const { value } = await decide(() => findSyntaxFault(command, access, world), { signal });
  return value;
}

/** The session as rules see it. RSET, and whatever else ends a transaction, ends it here. */
function toState(session: Session, { verb }: SmtpCommand): AccessState {
  const { access, peer, username, loginMethod, transaction, talksAhead } = session;
  const message = { queueId: toOctets(transaction?.queueId ?? ''), instance: toInstance(session) };
  const login = { login: toOctets(username ?? ''), loginMethod: toOctets(loginMethod ?? '') };
  const state = { ...access, client: peer, ...login, message, talksAhead };
  return transaction === undefined && verb !== 'END-OF-DATA' ? { ...state, transaction: undefined } : state;
}

/** Names a transaction: the line of the session with which it began. */
function toInstance({ dialogue, transaction }: Session): Octets {
  return transaction === undefined ? '' : toOctets(`${dialogue.sessionId}.${transaction.startLine.toString(16)}`);
}

function toAccessCommand(command: SmtpCommand): AccessCommand | undefined {
  switch (command.verb) {
    case 'CONNECT':
      return command;
    case 'END-OF-DATA':
      return { verb: command.verb, sizeBytes: command.sizeBytes };
    case 'DATA':
    case 'BDAT':
      return { verb: command.verb };
    case 'HELO':
    case 'EHLO':
    case 'LHLO':
      return { verb: command.verb, name: toOctets(command.name) };
    case 'MAIL': {
      const { path, parameters } = command;
      const { smtputf8, declaredSizeBytes = 0, auth = '' } = parameters;
      return { verb: 'MAIL', sender: toOctets(path.mailbox), smtputf8, declaredSizeBytes, authSender: toOctets(auth) };
    }
    case 'RCPT':
    case 'VRFY':
      return { verb: command.verb, recipient: toOctets(command.path.mailbox) };
    case 'ETRN':
      return { verb: 'ETRN', domain: toOctets(command.domain) };
    case 'STARTTLS':
    case 'AUTH':
    case 'KEPT':
      return undefined;
  }
}
