import { expect, test } from 'vitest';
import { filterHtml } from '../../../src/message/html/filter-html.ts';
import { InspectError } from '../../../src/message/inspect/inspector.ts';
import { parseBodies } from '../../../src/message/parse-message.ts';
import { manualClock } from '../../support/clock.ts';
import { BUSY_INSPECTOR, startTestHttp } from '../../support/http.ts';

const html = (text: string) => ({ headers: { 'Content-Type': 'text/html' }, body: `<p>${text}</p>` });

/** A server that counts how often it decodes a message. */
async function startCounting() {
  const clock = manualClock();
  const decoded: Uint8Array[] = [];
  const http = await startTestHttp({
    clock,
    bodies(raw) {
      decoded.push(raw);
      return parseBodies(raw);
    },
  });
  return { ...http, clock, decoded };
}

test('the HTML, what is left out of it and all of it are read from one decoding', async () => {
  await using http = await startCounting();
  const { id } = await http.deliver(html('one'));

  const replies = await Promise.all([http.get(`/view/${id}.html`), http.get(`/api/v1/message/${id}/html`)]);
  const whole = await http.get(`/view/${id}.html?all=1`);

  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect(await whole.text()).toContain('<p>one</p>');
  expect(http.decoded).toHaveLength(1);
});

test('nothing is kept for longer than somebody looks at it', async () => {
  await using http = await startCounting();
  const { id } = await http.deliver(html('one'));
  await http.get(`/view/${id}.html`);

  http.clock.advance(30_000);
  await http.get(`/view/${id}.html`);

  expect(http.decoded).toHaveLength(2);
});

test('each message is shown its own HTML', async () => {
  await using http = await startCounting();
  const one = await http.deliver(html('one'));
  const two = await http.deliver(html('two'));

  const replies = await Promise.all([one, two, one].map(({ id }) => http.get(`/view/${id}.html`)));

  const shown = await Promise.all(replies.map((reply) => reply.text()));
  expect(shown.map((text) => /<p>(\w+)/.exec(text)?.[1])).toEqual(['one', 'two', 'one']);
});

test('a deleted message has no HTML any more', async () => {
  await using http = await startCounting();
  const { id } = await http.deliver(html('one'));
  await http.get(`/view/${id}.html`);

  await http.store.delete({ ids: [id] });

  expect((await http.get(`/view/${id}.html`)).status).toBe(404);
});

test('what could not be filtered once is tried again', async () => {
  const failures = [new InspectError('it took longer than 1 s')];
  await using http = await startTestHttp({
    inspector: {
      ...BUSY_INSPECTOR,
      async filterHtml(text) {
        const failure = failures.pop();
        if (failure) throw failure;
        return filterHtml(text);
      },
    },
  });
  const { id } = await http.deliver(html('one'));

  const statuses = [await http.get(`/view/${id}.html`), await http.get(`/view/${id}.html`)].map(({ status }) => status);

  expect(statuses).toEqual([503, 200]);
});
