import type { ErrorClass } from '../bounce/error-class.ts';
import { toPrintable, type Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { Evaluation } from './evaluation.ts';
import { hasEnhancedCode } from './enhanced-code.ts';
import { logAbout, warn } from './log.ts';
import { StageEnded, type Outcome, type Subject } from './outcome.ts';
import type { Reply } from './reply.ts';

const UNAVAILABLE: Reply = { code: 450, enhanced: '4.7.1', text: 'Service unavailable' };

/**
 * Refuses, unless warn_if_reject holds: then the refusal is only logged.
 * @param reply its code decides the first digit of the enhanced code
 * @param errorClass of what is refused. What is broken itself (`data`, `software`) can't be made a warning
 * @see Postfix's smtpd_check.c, smtpd_check_reject
 */
export function refuse(evaluation: Evaluation, reply: Reply, errorClass: ErrorClass = 'policy'): Outcome {
  const isFault = errorClass === 'data' || errorClass === 'software';
  const isWarning = evaluation.warnDepth > 0 && !isFault;
  evaluation.errorClasses.add(errorClass);
  const valid = toValidReply(evaluation, reply);
  const { rejectDeferral } = evaluation;
  if (!isWarning && rejectDeferral !== undefined && valid.code >= 500) {
    evaluation.warnDepth = 0;
    evaluation.rejectDeferral = undefined;
    return refuse(evaluation, rejectDeferral);
  }
  const final = toFinalReply(evaluation, valid);
  const text = formatReply(final);
  logAbout(evaluation, isWarning ? 'reject_warning' : 'reject', text);
  if (isWarning) {
    evaluation.remark = `warn_if_reject: it would answer ${text}`;
    return 'dunno';
  }
  evaluation.reply = final;
  return 'reject';
}

/** `<name>: Sender address rejected: why` */
export function toRejection({ name, what }: Subject, why: Octets): Octets {
  return `<${name}>: ${what} rejected: ${why}`;
}

/**
 * Lets in, and logs it if smtpd_log_access_permit_actions names the action.
 * @param action the restriction, or the table's word
 * @param from where it is from, if not from the configuration
 */
export function permit(evaluation: Evaluation, action: Octets, { name, what }: Subject, from: Octets = ''): Outcome {
  const { view, defersPermit } = evaluation;
  if (!defersPermit && view.words('smtpd_log_access_permit_actions').includes(action.toLowerCase())) {
    const text = `action=${action} for ${what}=${name}`;
    logAbout(evaluation, 'permit', from === '' ? text : `${text} ${from}`);
  }
  return 'ok';
}

/** Makes a permit at this stage, or a later one, a deferral. With warn_if_reject the deferral is only logged. */
export function deferIfPermit(evaluation: Evaluation, reply: Reply): Outcome {
  if (evaluation.warnDepth > 0) return refuse(evaluation, reply);
  if (!evaluation.defersPermit) evaluation.deferral = reply;
  evaluation.defersPermit = true;
  return 'dunno';
}

/** Makes a refusal at this stage a deferral. */
export function deferIfReject(evaluation: Evaluation, reply: Reply): Outcome {
  evaluation.rejectDeferral ??= reply;
  return 'dunno';
}

/** Ends the stage: a table can't answer. @param name what it was asked for */
export function endForLookup(evaluation: Evaluation, name: Octets): never {
  const reply = { code: 451, enhanced: '4.3.0', text: `<${name}>: Temporary lookup failure` };
  throw new StageEnded(refuse(evaluation, reply, 'data'));
}

/** Ends the stage: the configuration is broken. @param warning what Postfix logs of it */
export function endForConfiguration(evaluation: Evaluation, warning?: Octets): never {
  if (warning !== undefined) {
    warn(evaluation, warning);
    evaluation.remark = warning;
  }
  const reply = { code: 451, enhanced: '4.3.5', text: 'Server configuration error' };
  throw new StageEnded(refuse(evaluation, reply, 'software'));
}

/**
 * Looks something up on which the decision depends; the stage ends if the table can't answer.
 * @param name what replies call it
 */
export function orEnd<T>(evaluation: Evaluation, name: Octets, lookUp: () => T): T {
  try {
    return lookUp();
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return endForLookup(evaluation, name);
  }
}

/** `554 5.7.1 text` */
export function formatReply({ code, enhanced, text }: Reply): Octets {
  return `${code} ${enhanced} ${text}`;
}

/** A code that isn't one of a refusal is answered with one that is. */
function toValidReply(evaluation: Evaluation, reply: Reply): Reply {
  const text = formatReply(reply);
  if (reply.code < 400 || reply.code > 599) {
    warn(evaluation, `SMTP reply code configuration error: ${text}`);
    return UNAVAILABLE;
  }
  if (!hasEnhancedCode(`${reply.enhanced} `)) {
    warn(evaluation, `DSN detail code configuration error: ${text}`);
    return UNAVAILABLE;
  }
  return reply;
}

/** With soft_bounce, a printable text of one line, and the enhanced code's class that the code asks for. */
function toFinalReply({ view }: Evaluation, { code, enhanced, text }: Reply): Reply {
  const finalCode = view.isYes('soft_bounce') && code >= 500 ? code - 100 : code;
  return {
    code: finalCode,
    enhanced: `${String(finalCode).charAt(0)}${enhanced.slice(1)}`,
    text: toPrintable(text, view.isYes('smtputf8_enable'), ' '),
  };
}
