import { readRestrictions, type Restriction as ListedRestriction } from '../check/restriction-list.ts';
import { RESTRICTION_LISTS } from '../check/restriction-names.ts';
import type { Octets } from '../octets.ts';
import { remember } from '../remember.ts';
import { splitItems } from '../tables/braces.ts';
import type { View } from '../world.ts';
import type { Evaluation, ListCall } from './evaluation.ts';
import { warn } from './log.ts';
import { StageEnded, type Outcome } from './outcome.ts';
import { RESTRICTION_ACTIONS } from './restrictions.ts';
import { endForConfiguration, formatReply } from './verdict.ts';

/** Restrictions that end their list: what follows them is never asked. */
const ENDS: ReadonlySet<Octets> = new Set(['permit', 'reject', 'defer', 'check_relay_domains']);

/**
 * Evaluates the restrictions of a parameter, in their order, until one lets in or refuses. Each leaves a step.
 * @see Postfix's smtpd_check.c, generic_checks
 */
export function evaluateParameter(evaluation: Evaluation, call: ListCall): Outcome {
  const { view } = evaluation;
  const find = view.once('restriction lists', () =>
    remember((list) => remember((parameter) => parse(view.words(parameter), { list, parameter }, view))),
  );
  return evaluate(evaluation, find(call.list)(call.parameter), call);
}

/** Evaluates restrictions that a table names. */
export function evaluateWords(evaluation: Evaluation, words: readonly Octets[], call: ListCall): Outcome {
  return evaluate(evaluation, parse(words, call, evaluation.view), call);
}

function parse(
  words: readonly Octets[],
  { list, parameter }: Pick<ListCall, 'list' | 'parameter'>,
  view: View,
): readonly ListedRestriction[] {
  const at = view.placeOf(parameter);
  const classes = view.once(
    'smtpd_restriction_classes',
    () => new Map(splitItems(view.get('smtpd_restriction_classes')).map((name) => [name, []])),
  );
  return readRestrictions(
    words.map((text) => ({ text, at, isWritten: false })),
    list,
    classes,
  );
}

function evaluate(evaluation: Evaluation, restrictions: readonly ListedRestriction[], call: ListCall): Outcome {
  const outerDepth = evaluation.depth++;
  const { depth } = evaluation;
  let outcome: Outcome = 'dunno';
  for (const [index, restriction] of restrictions.entries()) {
    if (evaluation.actions.discard !== undefined) break;
    if (restriction.name === 'warn_if_reject') {
      if (evaluation.warnDepth === 0) evaluation.warnDepth = depth;
      continue;
    }
    outcome = evaluateOne(evaluation, restriction, call);
    const next = restrictions[index + 1];
    if (next !== undefined && ENDS.has(restriction.name) && evaluation.warnDepth === 0) {
      warn(evaluation, `restriction \`${next.word.text}' after \`${restriction.name}' is ignored`);
    }
    if (evaluation.warnDepth >= depth) evaluation.warnDepth = 0;
    if (outcome !== 'dunno') break;
    if (evaluation.defersPermit && evaluation.rejectDeferral !== undefined) break;
  }
  evaluation.depth = outerDepth;
  if (evaluation.warnDepth >= outerDepth) evaluation.warnDepth = 0;
  return outcome;
}

function evaluateOne(evaluation: Evaluation, restriction: ListedRestriction, call: ListCall): Outcome {
  evaluation.remark = undefined;
  try {
    const outcome = act(evaluation, restriction, call);
    noteRestriction(evaluation, restriction, { call, outcome });
    return outcome;
  } catch (error) {
    if (error instanceof StageEnded) noteRestriction(evaluation, restriction, { call, outcome: error.outcome });
    throw error;
  }
}

function act(evaluation: Evaluation, restriction: ListedRestriction, call: ListCall): Outcome {
  const { name, kind, word, argument, misplaced } = restriction;
  switch (kind) {
    case 'class':
      return evaluateParameter(evaluation, { ...call, parameter: name });
    case 'unknown':
      return endForConfiguration(evaluation, toUnknownWarning(name, call));
    case 'table':
      if (argument === word && !argument.text.includes(':')) {
        return endForConfiguration(evaluation, `unknown smtpd restriction: "${word.text}"`);
      }
      if (argument !== undefined) break;
      return endForConfiguration(
        evaluation,
        `restriction ${name}: bad argument "${misplaced ?? ''}": need maptype:mapname`,
      );
    case 'server':
      if (argument !== undefined) break;
      return endForConfiguration(evaluation, `restriction ${name} must be followed by transport:server`);
    case 'number':
      if (argument !== undefined) break;
      return endForConfiguration(evaluation, `restriction ${name} must be followed by number`);
    case 'domain':
      if (argument !== undefined) break;
      warn(evaluation, `restriction ${name} requires domain name argument`);
      return 'dunno';
    case 'none':
  }
  const run = RESTRICTION_ACTIONS.get(name);
  if (run === undefined) return endForConfiguration(evaluation, toUnknownWarning(name, call));
  const { subject, list, parameter } = call;
  return run(evaluation, { subject, list, parameter, name, argument: argument?.text ?? '' });
}

function toUnknownWarning(name: Octets, { subject, list }: ListCall): string {
  // A bare table counts as a look-up, but where nothing says which.
  if (!name.includes(':') || RESTRICTION_LISTS.get(list) !== undefined) return `unknown smtpd restriction: "${name}"`;
  return `specify one of (check_client_access, check_reverse_client_hostname_access, check_helo_access, check_sender_access, check_recipient_access, check_etrn_access) before ${subject.what} restriction "${name}"`;
}

function noteRestriction(
  evaluation: Evaluation,
  { name, argument }: ListedRestriction,
  { call, outcome }: { readonly call: ListCall; readonly outcome: Outcome },
): void {
  const { steps, view, reply, remark } = evaluation;
  const { parameter } = call;
  const { file, line } = view.placeOf(parameter);
  const key = argument === undefined ? name : `${name} ${argument.text}`;
  const result = outcome === 'reject' ? (reply === undefined ? 'hangs up' : formatReply(reply)) : RESULTS[outcome];
  const step = { stage: 'smtpd', parameter, file, line, key, result };
  steps.push(remark === undefined ? step : { note: remark, ...step });
  evaluation.remark = undefined;
}

const RESULTS = { ok: 'OK', dunno: 'DUNNO' } as const;
