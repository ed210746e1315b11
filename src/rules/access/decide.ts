import type { ErrorClass } from '../bounce/error-class.ts';
import type { Octets } from '../octets.ts';
import type { RuleWorld, View } from '../world.ts';
import { findSyntaxFault } from './address-syntax.ts';
import { toClientText, type Evaluation, type PolicyFacts } from './evaluation.ts';
import { checkRecipientListed, checkSenderListed } from './listed-address.ts';
import { toNextState } from './next-state.ts';
import { StageEnded, type Outcome, type Subject } from './outcome.ts';
import { evaluateParameter, evaluateWords } from './restriction-list.ts';
import { asksForSmtputf8, NO_ACTIONS, type AccessCommand, type AccessDecision, type AccessState } from './state.ts';
import { refuse } from './verdict.ts';

/** Whose access rules are asked. */
export interface AccessRules {
  readonly world: RuleWorld;
  /** The listener: `25/inet`. */
  readonly service: Octets;
}

/**
 * Asks the access rules what smtpd(8) would do with a command: the lists of its stage, and with smtpd_delay_reject those
 * of the stages before it at RCPT. A decision with a reply has refused the command, and the state has nothing of it but
 * what earlier stages and tables left behind.
 * @throws {Unanswered} if a table has to ask outside
 * @see SMTPD_ACCESS_README; Postfix's smtpd_check.c
 */
export function decideAccess(
  command: AccessCommand,
  state: AccessState,
  { world, service }: AccessRules,
): AccessDecision {
  const view = world.view(service);
  const fault = findSyntaxFault(command, state, world);
  if (fault === undefined && asksNothing(command, view)) return takeUnasked(command, state);
  const evaluation = openEvaluation(command, state, { world, view });
  const deferrals = { ...state.deferrals };
  const outcome = fault === undefined ? runCommand(evaluation, command, deferrals) : 'reject';
  if (fault !== undefined) {
    evaluation.reply = fault;
    evaluation.errorClasses.add('protocol');
  }
  const { reply, hangsUp, steps, errorClasses, log, deferral, actions, isSenderChecked, isRecipientChecked } =
    evaluation;
  const isRefused = outcome === 'reject';
  return {
    reply: isRefused ? reply : undefined,
    hangsUp,
    state: {
      ...toNextState(command, state, { actions, isSenderChecked, isRecipientChecked, isRefused }),
      deferrals,
      deferral,
    },
    steps,
    errorClasses,
    log,
  };
}

/** Whether there is nothing to ask at a command: it is left to RCPT, or nothing is in its list. */
function asksNothing({ verb }: AccessCommand, view: View): boolean {
  switch (verb) {
    case 'CONNECT':
    case 'HELO':
    case 'EHLO':
    case 'LHLO':
    case 'MAIL':
      return view.isYes('smtpd_delay_reject');
    case 'DATA':
    case 'BDAT':
      return view.words('smtpd_data_restrictions').length === 0;
    case 'END-OF-DATA':
      return view.words('smtpd_end_of_data_restrictions').length === 0;
    case 'RCPT':
    case 'VRFY':
    case 'ETRN':
      return false;
  }
}

function takeUnasked(command: AccessCommand, state: AccessState): AccessDecision {
  const { actions, isSenderChecked, isRecipientChecked } = state.transaction ?? NO_TRANSACTION;
  const found = { actions, isSenderChecked, isRecipientChecked, isRefused: false };
  return {
    reply: undefined,
    hangsUp: false,
    state: toNextState(command, state, found),
    steps: [],
    errorClasses: NO_ERRORS,
    log: [],
  };
}

const NO_ERRORS: ReadonlySet<ErrorClass> = new Set();
const NO_TRANSACTION = { actions: NO_ACTIONS, isSenderChecked: false, isRecipientChecked: false };

type Deferrals = { -readonly [K in keyof AccessState['deferrals']]: boolean };

function runCommand(evaluation: Evaluation, command: AccessCommand, deferrals: Deferrals): Outcome {
  const isDelayed = evaluation.view.isYes('smtpd_delay_reject');
  switch (command.verb) {
    case 'CONNECT':
      return isDelayed ? 'dunno' : checkClient(evaluation, deferrals);
    case 'HELO':
    case 'EHLO':
    case 'LHLO':
      return isDelayed ? 'dunno' : checkHelo(evaluation, deferrals);
    case 'MAIL':
      return isDelayed ? 'dunno' : checkMail(evaluation, deferrals);
    case 'RCPT':
    case 'VRFY':
      return checkRcpt(evaluation, command.recipient, { deferrals, isDelayed });
    case 'ETRN':
      return checkEtrn(evaluation, command.domain, { deferrals, isDelayed });
    case 'DATA':
    case 'BDAT':
      return checkContent(evaluation, 'smtpd_data_restrictions', { name: 'DATA', what: 'Data command' });
    case 'END-OF-DATA':
      return checkContent(evaluation, 'smtpd_end_of_data_restrictions', {
        name: 'END-OF-MESSAGE',
        what: 'End-of-data',
      });
  }
}

function checkClient(evaluation: Evaluation, deferrals: Deferrals): Outcome {
  evaluation.defersPermit = false;
  const subject: Subject = { name: toClientText(evaluation), what: 'Client host' };
  const outcome = runStage(evaluation, 'smtpd_client_restrictions', subject);
  deferrals.client = evaluation.defersPermit;
  return outcome;
}

function checkHelo(evaluation: Evaluation, deferrals: Deferrals): Outcome {
  if (evaluation.helo === undefined) return 'dunno';
  evaluation.defersPermit = deferrals.client;
  const subject: Subject = { name: evaluation.helo, what: 'Helo command' };
  const outcome = runStage(evaluation, 'smtpd_helo_restrictions', subject);
  deferrals.helo = evaluation.defersPermit;
  return outcome;
}

function checkMail(evaluation: Evaluation, deferrals: Deferrals): Outcome {
  const { sender, view } = evaluation;
  if (sender === undefined) return 'dunno';
  evaluation.defersPermit = deferrals.client || deferrals.helo;
  evaluation.isSenderChecked = false;
  const outcome = runStage(evaluation, 'smtpd_sender_restrictions', { name: sender, what: 'Sender address' });
  deferrals.sender = evaluation.defersPermit;
  const isLeft =
    outcome !== 'reject' && !isChecked(evaluation, 'isSenderChecked') && evaluation.actions.discard === undefined;
  if (!isLeft || sender === '' || !view.isYes('smtpd_reject_unlisted_sender')) return outcome;
  return orEnded(() => checkSenderListed(evaluation, sender));
}

function checkRcpt(
  evaluation: Evaluation,
  recipient: Octets,
  { deferrals, isDelayed }: { readonly deferrals: Deferrals; readonly isDelayed: boolean },
): Outcome {
  const { view } = evaluation;
  if (recipient.toLowerCase() === 'postmaster') return 'dunno';
  evaluation.isRecipientChecked = false;
  if (isDelayed) {
    for (const check of [checkClient, checkHelo, checkMail]) {
      if (check(evaluation, deferrals) === 'reject') return 'reject';
    }
  }
  evaluation.defersPermit = deferrals.sender;
  resetStage(evaluation);
  const subject: Subject = { name: recipient, what: 'Recipient address' };
  const lists = ['smtpd_relay_restrictions', 'smtpd_recipient_restrictions'];
  if (!view.isYes('smtpd_relay_before_recipient_restrictions')) lists.reverse();
  let outcome: Outcome = 'dunno';
  for (const list of lists) {
    outcome = orEnded(() => evaluateParameter(evaluation, { subject, list, parameter: list }));
    if (outcome === 'reject') return 'reject';
  }
  outcome = orDeferred(evaluation, outcome);
  const isLeft =
    outcome !== 'reject' && !isChecked(evaluation, 'isRecipientChecked') && evaluation.actions.discard === undefined;
  if (!isLeft || !view.isYes('smtpd_reject_unlisted_recipient')) return outcome;
  return orEnded(() => checkRecipientListed(evaluation, recipient));
}

/** Asked anew: a restriction may have looked the address up in the meantime. */
function isChecked(evaluation: Evaluation, which: 'isSenderChecked' | 'isRecipientChecked'): boolean {
  return evaluation[which];
}

function checkEtrn(
  evaluation: Evaluation,
  domain: Octets,
  { deferrals, isDelayed }: { readonly deferrals: Deferrals; readonly isDelayed: boolean },
): Outcome {
  if (isDelayed) {
    for (const check of [checkClient, checkHelo]) if (check(evaluation, deferrals) === 'reject') return 'reject';
  }
  evaluation.defersPermit = deferrals.client || deferrals.helo;
  return orDeferred(
    evaluation,
    runStage(evaluation, 'smtpd_etrn_restrictions', { name: domain, what: 'Etrn command' }),
  );
}

function checkContent(evaluation: Evaluation, list: Octets, subject: Subject): Outcome {
  evaluation.defersPermit = false;
  return orDeferred(evaluation, runStage(evaluation, list, subject));
}

function runStage(evaluation: Evaluation, list: Octets, subject: Subject): Outcome {
  resetStage(evaluation);
  return orEnded(() => evaluateParameter(evaluation, { subject, list, parameter: list }));
}

function resetStage(evaluation: Evaluation): void {
  evaluation.depth = 0;
  evaluation.warnDepth = 0;
  evaluation.rejectDeferral = undefined;
}

function orEnded(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof StageEnded) return error.outcome;
    throw error;
  }
}

/** A permit becomes a deferral where an earlier temporary failure may have kept mail from being refused. */
function orDeferred(evaluation: Evaluation, outcome: Outcome): Outcome {
  const { defersPermit, deferral } = evaluation;
  return outcome === 'reject' || !defersPermit || deferral === undefined ? outcome : refuse(evaluation, deferral);
}

function openEvaluation(
  command: AccessCommand,
  state: AccessState,
  { world, view }: { readonly world: RuleWorld; readonly view: View },
): Evaluation {
  const { client, login, talksAhead, protocol, transaction, deferral } = state;
  const isMail = command.verb === 'MAIL';
  const count = transaction?.recipientCount ?? 0;
  const evaluation: Evaluation = {
    world,
    view,
    client,
    login,
    talksAhead,
    protocol,
    where: toWhere(command),
    helo: command.verb === 'HELO' || command.verb === 'EHLO' ? command.name : state.helo,
    sender: isMail ? command.sender : transaction?.sender,
    // What holds for all recipients alike isn't about one of several.
    recipient: 'recipient' in command ? command.recipient : count > 1 ? undefined : transaction?.recipient,
    etrnDomain: command.verb === 'ETRN' ? command.domain : undefined,
    smtputf8: asksForSmtputf8(command, state),
    recipientCount: count,
    facts: toPolicyFacts(command, state),
    policyTurns: new Map(),
    steps: [],
    log: [],
    errorClasses: new Set(),
    resolved: new Map(),
    evaluate: (words, call) => evaluateWords(evaluation, words, call),
    actions: transaction?.actions ?? NO_ACTIONS,
    reply: undefined,
    hangsUp: false,
    depth: 0,
    warnDepth: 0,
    deferral,
    defersPermit: false,
    rejectDeferral: undefined,
    isDefaultAction: false,
    isSenderChecked: transaction?.isSenderChecked ?? false,
    isRecipientChecked: transaction?.isRecipientChecked ?? false,
    remark: undefined,
  };
  return evaluation;
}

function toPolicyFacts(command: AccessCommand, { transaction, loginMethod, message }: AccessState): PolicyFacts {
  const { declaredSizeBytes = 0, authSender = '' } = command.verb === 'MAIL' ? command : (transaction ?? {});
  const isOver = command.verb === 'END-OF-DATA';
  return {
    queueId: message.queueId,
    instance: transaction === undefined ? '' : message.instance,
    sizeBytes: isOver ? (command.sizeBytes ?? declaredSizeBytes) : declaredSizeBytes,
    authSender,
    loginMethod,
  };
}

/** How the log calls a command. */
function toWhere(command: AccessCommand): string {
  if (command.verb === 'END-OF-DATA') return 'END-OF-MESSAGE';
  return command.verb === 'CONNECT' && command.isPlayed === true ? 'XCLIENT' : command.verb;
}
