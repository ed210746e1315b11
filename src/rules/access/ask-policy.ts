import { toPrintable, type Octets } from '../octets.ts';
import { toQuestionKey, type Answer, type AnswerFault, type PolicyQuestion } from '../question.ts';
import { isUtf8 } from '../tables/fold-key.ts';
import type { TraceStep } from '../trace.ts';
import type { Evaluation, Restriction, RestrictionCall } from './evaluation.ts';
import { warn } from './log.ts';
import type { Outcome } from './outcome.ts';
import { toPolicyRequest } from './policy-request.ts';
import { readPolicyService, type PolicyService } from './policy-service.ts';
import { obeyTable } from './table-action.ts';
import { endForConfiguration } from './verdict.ts';

/**
 * A restriction that asks a policy server, and does what it says, as if an access table said so. Of one that doesn't
 * answer, the default action is done; of one that isn't asked, nothing follows.
 * @see SMTPD_POLICY_README
 */
export const askPolicyServer: Restriction = (evaluation, call) => {
  const { argument: written, subject } = call;
  const { view, world } = evaluation;
  const service = view.once(`policy service ${written}`, () => readPolicyService(written, view));
  if ('fault' in service) return endForConfiguration(evaluation, service.fault);
  const { server, timeoutMs, tryLimit, retryDelayMs, defaultAction, context } = service;
  const attributes = toPolicyRequest(evaluation, context);
  const question = countTurn(evaluation, {
    kind: 'policy',
    server,
    attributes,
    turn: 1,
    timeoutMs,
    tryLimit,
    retryDelayMs,
  });
  const answer = world.askPolicy(question);
  const reason = findReasonNotAsked(answer, world.missesUnasked);
  if (reason !== undefined) {
    evaluation.remark = `not asked: ${reason}, so that nothing follows from it`;
    return 'dunno';
  }
  const action = takeAction(evaluation, { written, endpoint: service.endpoint }, answer);
  evaluation.steps.push(toStep(evaluation, call, { question, answer, defaultAction }));
  const obey = (value: Octets): Outcome => {
    return obeyTable(evaluation, { table: written, key: 'policy query', value, subject }, call);
  };
  if (action !== undefined) return obey(action);
  if (evaluation.isDefaultAction) return obey(CONFIGURATION_PROBLEM);
  evaluation.isDefaultAction = true;
  try {
    return obey(defaultAction);
  } finally {
    evaluation.isDefaultAction = false;
  }
};

/** What a default action comes to that asks a policy server in its turn, and gets no answer. */
const CONFIGURATION_PROBLEM = '451 4.3.5 Server configuration problem';

/** The same request again is another one: whoever is asked twice in Postfix is asked twice here. */
function countTurn({ policyTurns }: Evaluation, question: PolicyQuestion): PolicyQuestion {
  const key = toQuestionKey(question);
  const turn = (policyTurns.get(key) ?? 0) + 1;
  policyTurns.set(key, turn);
  return { ...question, turn };
}

function findReasonNotAsked({ faults }: Answer, missesUnasked: boolean): string | undefined {
  switch (faults[0]?.stage) {
    case 'withheld':
      return 'a policy server may remember what it is asked';
    case 'refused':
      return missesUnasked ? undefined : 'the policy server isn’t on this machine, nor in catch_lookup_allow';
    default:
      return undefined;
  }
}

/** What the server says to do, with Postfix's complaints about it; undefined if it says nothing. */
function takeAction(
  evaluation: Evaluation,
  { written, endpoint }: Pick<PolicyService, 'endpoint'> & { readonly written: Octets },
  { rows, faults }: Answer,
): Octets | undefined {
  const action = rows?.[0]?.[0] ?? undefined;
  for (const [index, fault] of faults.entries()) {
    const isLast = action === undefined && index === faults.length - 1;
    for (const line of toComplaints(fault, endpoint, isLast)) warn(evaluation, line);
  }
  if (action === undefined || !evaluation.view.isYes('smtputf8_enable') || isUtf8(action)) return action;
  warn(evaluation, `malformed UTF-8 in policy server ${written} response: "${action}"`);
  return undefined;
}

/** What errno(3) is left at by a server that hangs up, or says nothing of use. */
const HUNG_UP = 'Application error';

/** QUIRK: of a server that hangs up, or whose socket isn't there, only the last try is told. */
const QUIET: ReadonlySet<Octets> = new Set([
  HUNG_UP,
  'No such file or directory',
  'Broken pipe',
  'Connection reset by peer',
]);

function toComplaints({ stage, message }: AnswerFault, endpoint: Octets, isLast: boolean): readonly Octets[] {
  const trouble = isLast || !QUIET.has(message) ? [`problem talking to server ${endpoint}: ${message}`] : [];
  switch (stage) {
    case 'resolve':
      return [`host or service ${endpoint} not found: ${message}`];
    case 'connect':
      return [`connect to ${endpoint}: ${message}`, ...trouble];
    default:
      return trouble;
  }
}

interface Asked {
  readonly question: PolicyQuestion;
  readonly answer: Answer;
  readonly defaultAction: Octets;
}

/** Who was asked what, and what came back. */
function toStep(
  { view }: Evaluation,
  { parameter, argument }: RestrictionCall,
  { question, answer: { rows, faults }, defaultAction }: Asked,
): TraceStep {
  const { file, line } = view.placeOf(parameter);
  const action = rows?.[0]?.[0];
  const words = faults.map(({ message }) => message);
  const note = [...new Set(words), ...(action === undefined ? [`default action ${defaultAction}`] : [])].join('; ');
  const step = {
    stage: 'smtpd',
    parameter,
    table: toPrintable(argument, true),
    file,
    line,
    key: toAskedText(question),
    result: action === undefined || action === null ? null : `action=${action}`,
  };
  return note === '' ? step : { note, ...step };
}

/** Of what is told, that which a reader may want to know: the rest is in the envelope. */
const WORTH_KNOWING: ReadonlySet<Octets> = new Set(
  'protocol_state client_address client_name helo_name sender recipient recipient_count size etrn_domain sasl_username policy_context'.split(
    ' ',
  ),
);

function toAskedText({ attributes }: PolicyQuestion): Octets {
  return attributes
    .filter(([name, value]) => WORTH_KNOWING.has(name) && value !== '' && value !== '0')
    .map((pair) => pair.join('='))
    .join(' ');
}
