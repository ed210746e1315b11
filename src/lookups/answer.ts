import {
  toQuestionKey,
  toTraceStep,
  Unanswered,
  type Answer,
  type Ask,
  type DnsQuestion,
  type PolicyQuestion,
  type RecordedAnswers,
  type PgsqlQuestion,
  type Question,
  type SocketmapQuestion,
  type SqliteQuestion,
} from '../rules/question.ts';
import type { TraceStep } from '../rules/trace.ts';

/** At most so many questions are asked in one decision: the next ones fail. */
const MAX_QUESTIONS = 1000;

/** Answers one kind of question. Whatever goes wrong is part of the answer; it throws only when `signal` aborts. */
export type Answerer<Q extends Question> = (question: Q, options: { readonly signal: AbortSignal }) => Promise<Answer>;

/** Who answers what. */
export interface Answerers {
  readonly sqlite: Answerer<SqliteQuestion>;
  readonly pgsql: Answerer<PgsqlQuestion>;
  readonly socketmap: Answerer<SocketmapQuestion>;
  readonly dns: Answerer<DnsQuestion>;
  readonly policy: Answerer<PolicyQuestion>;
}

/** A decision that was made, and all that it was made of. */
export interface Decided<T> {
  readonly value: T;
  /** By `toQuestionKey`: handed to another decision, nobody is asked again. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Of these, what policy servers said about this decision; undefined if none was asked. */
  readonly policyAnswers: RecordedAnswers | undefined;
  /** What was asked, in order. */
  readonly steps: readonly TraceStep[];
}

/** How a decision gets its answers. */
export interface DecideOptions {
  readonly signal: AbortSignal;
  /** Answers of an earlier decision. */
  readonly recorded?: RecordedAnswers | undefined;
  /**
   * Whether policy servers are asked, where they may be: they may remember it, as greylisting does. Else only what is
   * recorded counts.
   * @default false
   */
  readonly asksPolicy?: boolean;
}

/**
 * Makes a decision that needs answers from outside: runs it, fetches what it missed, and runs it again until nothing is
 * missing. Each question is asked once.
 * @param decide pure but for `ask`; what it throws, but {@link Unanswered}, is passed on
 * @throws the signal's reason, when it aborts
 */
export async function withAnswers<T>(
  decide: (ask: Ask) => T,
  answerers: Answerers,
  { signal, recorded = {}, asksPolicy = false }: DecideOptions,
): Promise<Decided<T>> {
  const answers = new Map(Object.entries(recorded));
  const policyKeys = new Set<string>();
  const steps: TraceStep[] = [];
  const ask: Ask = (question) => {
    const key = toQuestionKey(question);
    const answer = answers.get(key);
    if (answer !== undefined) {
      if (question.kind === 'policy') policyKeys.add(key);
      return answer;
    }
    if (question.kind === 'policy' && !asksPolicy) return WITHHELD;
    if (steps.length >= MAX_QUESTIONS) return tooMany(question);
    throw new Unanswered(question);
  };
  for (;;) {
    signal.throwIfAborted();
    const attempt = run(() => decide(ask));
    if ('value' in attempt) {
      return { value: attempt.value, answers, policyAnswers: pick(answers, policyKeys), steps };
    }
    const isAnswered = answers.has(toQuestionKey(attempt.missing));
    if (isAnswered) throw new Error('a table asks elsewhere: its settings were read without these lookups');
    const answer = await fetchAnswer(attempt.missing, answerers, signal);
    answers.set(toQuestionKey(attempt.missing), answer);
    steps.push(toTraceStep(attempt.missing, answer));
  }
}

/** Nobody was asked. */
const WITHHELD: Answer = { faults: [{ stage: 'withheld', where: '', message: 'not asked' }] };

function pick(answers: ReadonlyMap<string, Answer>, keys: ReadonlySet<string>): RecordedAnswers | undefined {
  if (keys.size === 0) return undefined;
  return Object.fromEntries([...answers].filter(([key]) => keys.has(key)));
}

function run<T>(decide: () => T): { readonly value: T } | { readonly missing: Question } {
  try {
    return { value: decide() };
  } catch (error) {
    if (error instanceof Unanswered) return { missing: error.question };
    throw error;
  }
}

function fetchAnswer(question: Question, answerers: Answerers, signal: AbortSignal): Promise<Answer> {
  switch (question.kind) {
    case 'sqlite':
      return answerers.sqlite(question, { signal });
    case 'pgsql':
      return answerers.pgsql(question, { signal });
    case 'socketmap':
      return answerers.socketmap(question, { signal });
    case 'dns':
      return answerers.dns(question, { signal });
    case 'policy':
      return answerers.policy(question, { signal });
  }
}

function tooMany({ kind }: Question): Answer {
  return {
    faults: [{ stage: 'refused', where: kind, message: `more than ${MAX_QUESTIONS} questions in one decision` }],
  };
}
