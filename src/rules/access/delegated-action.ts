import type { Octets } from '../octets.ts';
import type { Evaluation } from './evaluation.ts';
import { logAbout, warn } from './log.ts';
import type { Outcome } from './outcome.ts';
import type { TableAnswer } from './table-action.ts';
import { permit } from './verdict.ts';

/** What a table says about the whole message: smtpd(8) leaves it to cleanup(8). */
export interface DelegatedAction extends TableAnswer {
  readonly action: 'FILTER' | 'HOLD' | 'DISCARD' | 'REDIRECT' | 'BCC' | 'PREPEND';
  /** The action as written. */
  readonly word: Octets;
  /** What follows it. */
  readonly text: Octets;
}

/**
 * Keeps an action for cleanup(8). It holds for the whole message, whichever recipient caused it; one that can't be, or
 * that is malformed, is left out with a warning.
 * @see access(5), "OTHER ACTIONS"
 */
export function delegate(evaluation: Evaluation, delegated: DelegatedAction): Outcome {
  if (!isPossible(evaluation, delegated)) return 'dunno';
  const fault = findFault(evaluation, delegated);
  if (fault !== undefined) {
    warn(evaluation, fault);
    evaluation.remark = fault;
    return 'dunno';
  }
  return keep(evaluation, delegated);
}

function isPossible(evaluation: Evaluation, { action, table }: DelegatedAction): boolean {
  const { view, where, sender } = evaluation;
  const ignored = (warning: Octets) => {
    warn(evaluation, `access table ${table}: ${warning}`);
    evaluation.remark = `access table ${table}: ${warning}`;
    return false;
  };
  if (action !== 'PREPEND') {
    if (view.get('smtpd_proxy_filter') !== '') {
      return ignored(`with smtpd_proxy_filter specified, action ${action} is unavailable`);
    }
    if (where === 'ETRN') return ignored(`action ${action} is unavailable in smtpd_etrn_restrictions`);
  }
  if (sender !== undefined) return true;
  return ignored(
    `with smtpd_delay_reject=no, action ${action} is always skipped in Client host or Helo command restrictions`,
  );
}

/** What is wrong with the action, in Postfix's words. */
function findFault({ where }: Evaluation, { action, table, key, text }: DelegatedAction): string | undefined {
  const entry = `access table ${table} entry "${key}"`;
  switch (action) {
    case 'FILTER':
      if (text === '') return `${entry} has FILTER entry without value`;
      return text.includes(':') ? undefined : `${entry} requires transport:destination`;
    case 'REDIRECT':
    case 'BCC':
      return text.includes('@') ? undefined : `${entry} requires user@domain target`;
    case 'PREPEND':
      if (where === 'END-OF-MESSAGE') {
        return `access table ${table}: action PREPEND must be used before smtpd_end_of_data_restrictions`;
      }
      return isHeader(text) ? undefined : `${entry} requires header: text`;
    case 'HOLD':
    case 'DISCARD':
      return undefined;
  }
}

function keep(evaluation: Evaluation, { action, table, word, text, subject }: DelegatedAction): Outcome {
  const { actions } = evaluation;
  const log = (what: Octets) =>
    logAbout(evaluation, action.toLowerCase(), `<${subject.name}>: ${subject.what} ${what}`);
  switch (action) {
    case 'FILTER':
      log(`triggers FILTER ${text}`);
      evaluation.actions = { ...actions, filter: text };
      return 'dunno';
    case 'HOLD': {
      if (actions.hold !== undefined) return 'dunno';
      const reason = text === '' ? 'triggers HOLD action' : text;
      log(reason);
      evaluation.actions = { ...actions, hold: reason };
      return 'dunno';
    }
    case 'DISCARD': {
      const reason = text === '' ? 'triggers DISCARD action' : text;
      log(reason);
      evaluation.actions = { ...actions, discard: reason };
      return permit(evaluation, word, subject, `from ${table}`);
    }
    case 'REDIRECT':
      log(`triggers REDIRECT ${text}`);
      evaluation.actions = { ...actions, redirect: text };
      return 'dunno';
    case 'BCC':
      log(`triggers BCC ${text}`);
      evaluation.actions = { ...actions, bcc: [...actions.bcc, text] };
      return 'dunno';
    case 'PREPEND':
      evaluation.actions = { ...actions, prepend: [...actions.prepend, text] };
      return 'dunno';
  }
}

/** Whether a text is a header: a name of printable characters, then a colon. @see Postfix's is_header(3) */
function isHeader(text: Octets): boolean {
  return /^[!-9;-~]+[ \t]*:/.test(text);
}
