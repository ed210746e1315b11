import { expect, test } from 'vitest';
import { toQuestionKey, toTraceStep, type PgsqlQuestion } from '../../src/rules/question.ts';

const uri = 'postgresql://user:hunter2@db.test/mail?password=hunter2&sslmode=require';
const question: PgsqlQuestion = {
  kind: 'pgsql',
  hosts: [{ kind: 'uri', name: uri, port: '', written: uri }],
  user: 'u',
  password: 'hunter2',
  dbname: 'mail',
  query: 'SELECT 1',
};

test('no password is kept', () => {
  const answer = { rows: [['1', null]], faults: [{ stage: 'connect', where: uri, message: 'refused' }] } as const;
  const step = toTraceStep(question, answer);
  expect(step).toMatchObject({ stage: 'question', table: 'pgsql', key: 'SELECT 1', result: '1, NULL' });
  expect(JSON.stringify([toQuestionKey(question), step])).not.toContain('hunter2');
});

test('a question without an answer has the reason in its step', () => {
  const step = toTraceStep(
    { kind: 'sqlite', file: '/x.db', query: 'SELECT 1' },
    { faults: [{ stage: 'open', where: '/x.db', message: 'unable to open database file' }] },
  );
  expect(step).toEqual({
    stage: 'question',
    table: 'sqlite',
    file: '/x.db',
    key: 'SELECT 1',
    result: null,
    note: 'open /x.db: unable to open database file',
  });
});
