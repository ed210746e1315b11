import { expect, test } from 'vitest';
import { withAnswers, type Answerers } from '../../src/lookups/answer.ts';
import {
  toQuestionKey,
  type Answer,
  type PolicyQuestion,
  type Question,
  type SqliteQuestion,
} from '../../src/rules/question.ts';

const signal = new AbortController().signal;

function toQuestion(query: string): SqliteQuestion {
  return { kind: 'sqlite', file: '/x.db', query };
}

/** Answers each query with itself. */
function makeAnswerers(): { readonly answerers: Answerers; readonly asked: readonly Question[] } {
  const asked: Question[] = [];
  const answer = async (question: Question): Promise<Answer> => {
    asked.push(question);
    return { rows: [['query' in question ? question.query : '']], faults: [] };
  };
  return { answerers: { sqlite: answer, pgsql: answer, socketmap: answer, dns: answer, policy: answer }, asked };
}

test('a decision is made again until nothing is missing, and each question is asked once', async () => {
  const { answerers, asked } = makeAnswerers();
  let runs = 0;
  const decided = await withAnswers(
    (ask) => {
      runs++;
      const first = ask(toQuestion('a')).rows?.[0]?.[0] ?? '';
      return [first, ask(toQuestion(`${first}b`)).rows, ask(toQuestion('a')).rows];
    },
    answerers,
    { signal },
  );
  expect(decided.value).toEqual(['a', [['ab']], [['a']]]);
  expect(runs).toBe(3);
  expect(asked).toEqual([toQuestion('a'), toQuestion('ab')]);
  expect(decided.steps.map(({ key, result }) => [key, result])).toEqual([
    ['a', 'a'],
    ['ab', 'ab'],
  ]);
});

test('recorded answers are taken, and nobody is asked', async () => {
  const { answerers, asked } = makeAnswerers();
  const recorded = { [toQuestionKey(toQuestion('a'))]: { rows: [['before']], faults: [] } };
  const { value } = await withAnswers((ask) => ask(toQuestion('a')).rows, answerers, { signal, recorded });
  expect(value).toEqual([['before']]);
  expect(asked).toEqual([]);
});

test('what a decision throws is passed on', async () => {
  const { answerers } = makeAnswerers();
  const decide = (): never => {
    throw new Error('no such rule');
  };
  await expect(withAnswers(decide, answerers, { signal })).rejects.toThrow('no such rule');
});

test('a decision that asks without end gets no answers beyond the thousandth', async () => {
  const { answerers, asked } = makeAnswerers();
  const { value } = await withAnswers(
    (ask) => {
      for (let count = 0; ; count++) {
        const { rows, faults } = ask(toQuestion(String(count)));
        if (rows === undefined) return faults[0]?.message;
      }
    },
    answerers,
    { signal },
  );
  expect(value).toBe('more than 1000 questions in one decision');
  expect(asked).toHaveLength(1000);
});

test('an aborted decision asks nobody', async () => {
  const { answerers, asked } = makeAnswerers();
  const aborted = AbortSignal.abort(new Error('shutting down'));
  const decided = withAnswers((ask) => ask(toQuestion('a')), answerers, { signal: aborted });
  await expect(decided).rejects.toThrow('shutting down');
  expect(asked).toEqual([]);
});

function toRequest(instance: string): PolicyQuestion {
  const server = { kind: 'unix', written: '/policy' } as const;
  const attributes = [
    ['sender', 'a@b.test'],
    ['instance', instance],
  ] as const;
  return { kind: 'policy', server, attributes, turn: 1, timeoutMs: 1, tryLimit: 1, retryDelayMs: 1 };
}

test('a policy server is asked only if that is said, since it may remember it', async () => {
  const { answerers, asked } = makeAnswerers();
  const { value, policyAnswers } = await withAnswers((ask) => ask(toRequest('1')), answerers, { signal });
  expect(value.faults).toMatchObject([{ stage: 'withheld' }]);
  expect(policyAnswers).toBeUndefined();
  expect(asked).toEqual([]);
});

test('what a policy server said is kept, and counts when the same is asked about the message again', async () => {
  const { answerers, asked } = makeAnswerers();
  const first = await withAnswers((ask) => ask(toRequest('1')), answerers, { signal, asksPolicy: true });
  const recorded = first.policyAnswers;
  const again = await withAnswers((ask) => ask(toRequest('2')), answerers, { signal, recorded });
  expect(again.value).toEqual(first.value);
  expect(again.policyAnswers).toEqual(recorded);
  expect(asked).toHaveLength(1);
});
