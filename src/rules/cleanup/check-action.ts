import type { Octets } from '../octets.ts';
import { findArgumentFault, findRejectStatus, parseContentAction, toUnknownLine } from './content-action.ts';
import type { ContentDecision, ContentLog } from './content-decision.ts';

/** What a check looked at. */
export interface CheckSubject {
  readonly context: 'header' | 'body' | 'content';
  readonly text: Octets;
  /** `mime_header_checks` */
  readonly parameter: Octets;
}

/** What becomes of the text. */
export type CheckOutcome =
  { readonly kind: 'keep' | 'drop' } | { readonly kind: 'replace' | 'prepend'; readonly text: Octets };

const KEEP: CheckOutcome = { kind: 'keep' };
const DROP: CheckOutcome = { kind: 'drop' };
const LOGGED_CHARACTERS = 200;

/**
 * Does what a table of checks says.
 * @param value the table's answer: `REJECT no such thing here`
 * @see header_checks(5), "RESULT FORMAT"
 */
export function act(value: Octets, subject: CheckSubject, decision: ContentDecision): CheckOutcome {
  const { action: name, text } = parseContentAction(value);
  const { context, parameter } = subject;
  const { log } = decision;
  if (name === undefined) {
    log.warn(toUnknownLine(value, parameter, 'cleanup'));
    return KEEP;
  }
  const fault = findArgumentFault(name, text, subject);
  if (fault !== undefined) {
    log.warn(fault);
    return KEEP;
  }
  const note = (action: string, details: Octets = text) => {
    const about = `${context} ${subject.text.slice(0, LOGGED_CHARACTERS)} ${log.describe({ hasSession: true })}`;
    log.info(`${action}: ${about}${details === '' ? '' : `: ${details}`}`);
  };
  switch (name) {
    case 'REJECT': {
      const reason = toReason(text, log);
      decision.rejection = { state: 'rejected', code: reason.dsn.startsWith('4') ? 451 : 550, ...reason };
      decision.isChecking = false;
      note('reject', `${reason.dsn} ${reason.text}`);
      return KEEP;
    }
    case 'WARN':
      note('warning');
      return KEEP;
    case 'INFO':
      note('info');
      return KEEP;
    case 'PASS':
      note('pass');
      decision.isChecking = false;
      return KEEP;
    case 'DISCARD':
      note('discard');
      decision.discard = text;
      decision.isChecking = false;
      return KEEP;
    case 'HOLD':
      if (decision.hold === undefined) {
        note('hold');
        decision.hold = text;
      }
      return KEEP;
    case 'FILTER':
      decision.filter = text;
      note('filter');
      return KEEP;
    case 'REDIRECT':
      decision.redirect = text;
      note('redirect');
      decision.isChecking = false;
      return KEEP;
    case 'BCC':
      decision.bcc.push(text);
      note('bcc');
      return KEEP;
    case 'PREPEND':
      note('prepend');
      return { kind: 'prepend', text };
    case 'REPLACE':
      note('replace');
      return { kind: 'replace', text };
    case 'STRIP':
      note('strip');
      return DROP;
    case 'IGNORE':
      return DROP;
    case 'DUNNO':
    case 'OK':
      return KEEP;
  }
}

function toReason(text: Octets, log: ContentLog): { readonly dsn: string; readonly text: Octets } {
  if (text === '') return { dsn: '5.7.1', text: 'message content rejected' };
  const status = findRejectStatus(text);
  if (status === undefined) return { dsn: '5.7.1', text };
  const { code, words, fault } = status;
  if (fault === undefined) return { dsn: code, text: words };
  log.warn(fault);
  return { dsn: `4${code.slice(1)}`, text: words };
}
