import type { Octets } from '../octets.ts';
import { findDelegationFault } from './delegation-fault.ts';
import type { Evaluation } from './evaluation.ts';
import { logAbout, warn } from './log.ts';
import type { Outcome } from './outcome.ts';
import type { TableAnswer } from './table-action.ts';
import type { DelegatedName } from './table-value.ts';
import { permit } from './verdict.ts';

/** What a table says about the whole message: smtpd(8) leaves it to cleanup(8). */
export interface DelegatedAction extends TableAnswer {
  readonly action: DelegatedName;
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
  const { view, where, sender } = evaluation;
  const hasProxyFilter = view.get('smtpd_proxy_filter') !== '';
  const fault = findDelegationFault(delegated, { hasProxyFilter, where, hasMessage: sender !== undefined });
  if (fault === undefined) return keep(evaluation, delegated);
  warn(evaluation, fault.line);
  evaluation.remark = fault.line;
  return 'dunno';
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
