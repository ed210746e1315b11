import { expect, test } from 'vitest';
import type { Message } from '../../../src/http/api/schemas/message.ts';
import { createPrefetch } from '../../../web/src/message/prefetch.ts';
import { message } from '../inbox/messages.ts';

/** An API that answers with the ID alone, and notes what it was asked. */
function createApi() {
  const asked: { readonly id: string; readonly peek: boolean; readonly signal: AbortSignal }[] = [];
  return {
    asked,
    async message(id: string, signal: AbortSignal, { peek = false } = {}) {
      asked.push({ id, peek, signal });
      return { ID: id } as Message;
    },
  };
}

test('the neighbours are peeked at, and given once', async () => {
  const api = createApi();
  const prefetch = createPrefetch(api);
  prefetch.want([message(2), message(4)]);
  prefetch.want([message(2), message(4)]);
  expect(api.asked.map(({ id, peek }) => ({ id, peek }))).toEqual([
    { id: 'm0002', peek: true },
    { id: 'm0004', peek: true },
  ]);
  expect(await prefetch.take('m0002')).toEqual({ ID: 'm0002' });
  expect(prefetch.take('m0002')).toBeUndefined();
});

test('what is a neighbour no longer isn’t waited for', () => {
  const api = createApi();
  const prefetch = createPrefetch(api);
  prefetch.want([message(2)]);
  prefetch.want([message(5)]);
  expect(api.asked[0]?.signal.aborted).toBe(true);
  expect(prefetch.take('m0002')).toBeUndefined();
});

test.for([
  { over: { Size: 2_000_000 }, why: 'it is large' },
  { over: { Parse: { State: 'pending', Reason: '' } as const }, why: 'it isn’t parsed yet' },
])('a message isn’t fetched ahead: $why', ({ over }) => {
  const api = createApi();
  createPrefetch(api).want([message(2, over)]);
  expect(api.asked).toEqual([]);
});

test('a message that has changed is asked for again', () => {
  const prefetch = createPrefetch(createApi());
  prefetch.want([message(2)]);
  prefetch.drop('m0002');
  expect(prefetch.take('m0002')).toBeUndefined();
});

test('one that was dropped and is wanted again stays, whenever the first answer fails', async () => {
  const api = createApi();
  const answers: Promise<Message>[] = [];
  const prefetch = createPrefetch({
    message(id, signal, options) {
      const answer = api.message(id, signal, options).then((found) => {
        signal.throwIfAborted();
        return found;
      });
      answers.push(answer);
      return answer;
    },
  });
  prefetch.want([message(2)]);
  prefetch.drop('m0002');
  prefetch.want([message(2)]);
  await Promise.allSettled(answers);
  expect(await prefetch.take('m0002')).toEqual({ ID: 'm0002' });
});
