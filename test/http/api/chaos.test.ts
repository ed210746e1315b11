import { expect, test } from 'vitest';
import { startTestHttp, type TestHttp } from '../../support/http.ts';

const OFF = {
  Sender: { ErrorCode: 451, Probability: 0 },
  Recipient: { ErrorCode: 451, Probability: 0 },
  Authentication: { ErrorCode: 535, Probability: 0 },
};

function put(http: TestHttp, body: object): ReturnType<TestHttp['send']> {
  return http.send('/api/v1/chaos', { method: 'PUT', body: JSON.stringify(body) });
}

test.for([{ method: 'GET' }, { method: 'PUT' }])('$method is 400 unless it is allowed', async ({ method }) => {
  await using http = await startTestHttp();
  expect(await http.send('/api/v1/chaos', { method, body: '{}' })).toMatchObject({
    status: 400,
    body: 'Chaos is not enabled',
  });
});

test('at first nothing goes wrong but what is configured', async () => {
  const rule = '{ at=data, delay=2s }';
  await using http = await startTestHttp({ overrides: { catch_chaos_api: 'yes', catch_chaos: rule } });
  expect(await (await http.get('/api/v1/chaos')).json()).toEqual({
    ...OFF,
    Faults: [{ Rule: rule, Seen: 0, Struck: 0 }],
  });
});

test('Mailpit’s triggers are rules; what is absent is as it was at the start', async () => {
  await using http = await startTestHttp({ overrides: { catch_chaos_api: 'yes' } });
  await put(http, { Sender: { Probability: 5 }, Recipient: { ErrorCode: 550, Probability: 50 } });
  const reply = await put(http, {
    Recipient: { ErrorCode: 552, Probability: 100 },
    authentication: { probability: 1 },
  });
  expect(JSON.parse(reply.body)).toEqual({
    ...OFF,
    Recipient: { ErrorCode: 552, Probability: 100 },
    Authentication: { ErrorCode: 535, Probability: 1 },
    Faults: [
      { Rule: '{ at=rcpt, probability=100, reply=552 Chaos recipient error }', Seen: 0, Struck: 0 },
      { Rule: '{ at=auth, probability=1, reply=535 Chaos authentication error }', Seen: 0, Struck: 0 },
    ],
  });
});

test('rules take the place of those that are configured, until they are absent', async () => {
  const configured = '{ at=data, delay=2s }';
  await using http = await startTestHttp({ overrides: { catch_chaos_api: 'yes', catch_chaos: configured } });
  const listed = async (body: object): Promise<unknown> => {
    const { Faults } = JSON.parse((await put(http, body)).body) as { readonly Faults: readonly { Rule: string }[] };
    return Faults.map(({ Rule }) => Rule);
  };
  expect(await listed({ Rules: ['{ at=mail, disconnect }'] })).toEqual(['{ at=mail, disconnect }']);
  expect(await listed({ Rules: [] })).toEqual([]);
  expect(await listed({})).toEqual([configured]);
});

test.for([
  { body: { Sender: { ErrorCode: 250 } }, says: 'Sender: the error code 250 is none of 400 to 599' },
  { body: { Recipient: { Probability: 101 } }, says: 'Recipient: the probability 101 is none of 0 to 100' },
  { body: { Sender: { Probability: 'often' } }, says: 'The body is wrong at /Sender/Probability' },
  { body: { Rules: ['{ at=lunch }'] }, says: 'Rules: in { at=lunch }: bad value: at=lunch' },
])('$body is 400, and changes nothing', async ({ body, says }) => {
  await using http = await startTestHttp({ overrides: { catch_chaos_api: 'yes' } });
  const reply = await put(http, { Authentication: { Probability: 7 }, ...body });
  expect(reply).toMatchObject({ status: 400, body: expect.stringContaining(says) as string });
  expect(await (await http.get('/api/v1/chaos')).json()).toEqual({ ...OFF, Faults: [] });
});
