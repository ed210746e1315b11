import type { Octets } from '../octets.ts';
import { delegate } from './delegated-action.ts';
import { fitEnhancedCode, splitEnhancedCode } from './enhanced-code.ts';
import type { Evaluation, ListCall } from './evaluation.ts';
import { logAbout, warn } from './log.ts';
import { StageEnded, type Outcome, type Subject } from './outcome.ts';
import { parseTableValue, toTableWithinLine, type OwnAction } from './table-value.ts';
import { deferIfPermit, deferIfReject, endForConfiguration, permit, refuse, toRejection } from './verdict.ts';

/** What an access table answered, and for what. */
export interface TableAnswer {
  /** The table, as messages name it. */
  readonly table: Octets;
  /** What was looked up, as a whole: the address, not the part of it that was found. */
  readonly key: Octets;
  /** The right-hand side. */
  readonly value: Octets;
  /** What is refused if it refuses. */
  readonly subject: Subject;
}

/** Lists within lists, so deep. */
const MAX_DEPTH = 100;

/**
 * Does what an access table's right-hand side says.
 * @param call the list that asked the table: restrictions in the table are evaluated as if they stood there, but what
 *   they refuse is what was looked up
 * @see access(5), "ACCEPT ACTIONS" and those that follow
 */
export function obeyTable(evaluation: Evaluation, answer: TableAnswer, call: ListCall): Outcome {
  const { subject, table } = answer;
  const value = parseTableValue(answer.value);
  const { word, text } = value;
  switch (value.kind) {
    case 'own':
      return act(evaluation, answer, { action: value.action, word, text });
    case 'delegated':
      return delegate(evaluation, { ...answer, action: value.action, word, text });
    case 'number':
      return permit(evaluation, word, subject, `from ${table}`);
    case 'code':
      return refuseWith(evaluation, subject, { code: Number(word), text });
    case 'table':
      warn(evaluation, toTableWithinLine(table, answer.value));
      warn(evaluation, 'do not specify lookup tables inside SMTPD access maps');
      return endForConfiguration(evaluation, 'define a restriction class and specify its name instead.');
    case 'restrictions':
      return evaluateValue(evaluation, answer, { call, words: value.restrictions });
  }
}

interface Action {
  readonly action: OwnAction;
  readonly word: Octets;
  readonly text: Octets;
}

function act(evaluation: Evaluation, { subject, table }: TableAnswer, { action, word, text }: Action): Outcome {
  switch (action) {
    case 'DUNNO':
      return 'dunno';
    case 'OK':
    case 'RELAY':
      return permit(evaluation, word, subject, `from ${table}`);
    case 'REJECT':
      return refuseWith(evaluation, subject, { code: readCode(evaluation, 'access_map_reject_code'), text });
    case 'DEFER':
      return refuseWith(evaluation, subject, { code: readCode(evaluation, 'access_map_defer_code'), text });
    case 'HANGUP':
      logAbout(evaluation, 'hangup', text);
      evaluation.hangsUp = true;
      throw new StageEnded('reject');
    case 'INFO':
    case 'WARN':
      logAbout(evaluation, action.toLowerCase(), text);
      return 'dunno';
    case 'DEFER_IF_PERMIT':
      return deferIfPermit(evaluation, toDeferral(evaluation, subject, text));
    case 'DEFER_IF_REJECT':
      return deferIfReject(evaluation, toDeferral(evaluation, subject, text));
  }
}

/** The right-hand side is a list of restrictions. */
function evaluateValue(
  evaluation: Evaluation,
  { table, value, subject }: TableAnswer,
  { call, words }: { readonly call: ListCall; readonly words: readonly Octets[] },
): Outcome {
  if (evaluation.depth > MAX_DEPTH) {
    return endForConfiguration(evaluation, `access table ${table} entry ${value} causes unreasonable recursion`);
  }
  if (words.length > 0) return evaluation.evaluate(words, { ...call, subject });
  warn(evaluation, `access table ${table} entry ${value} has empty value`);
  return 'ok';
}

function refuseWith(
  evaluation: Evaluation,
  subject: Subject,
  { code, text }: { readonly code: number; readonly text: Octets },
): Outcome {
  const coded = splitEnhancedCode(text, `${String(code).charAt(0)}.7.1`);
  return refuse(evaluation, {
    code,
    enhanced: fitEnhancedCode(coded.code, subject.what),
    text: toRejection(subject, coded.text === '' ? 'Access denied' : coded.text),
  });
}

function toDeferral(evaluation: Evaluation, subject: Subject, text: Octets) {
  const coded = splitEnhancedCode(text, '4.7.1');
  return {
    code: readCode(evaluation, 'access_map_defer_code'),
    enhanced: fitEnhancedCode(coded.code, subject.what),
    text: toRejection(subject, coded.text === '' ? 'Service unavailable' : coded.text),
  };
}

function readCode({ view }: Evaluation, name: 'access_map_reject_code' | 'access_map_defer_code'): number {
  return view.integer(name);
}
