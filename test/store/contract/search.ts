import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { Query } from '../../../src/store/query.ts';
import type { Store } from '../../../src/store/store.ts';
import { sentDelivery, shortJourney } from '../../support/journeys.ts';
import { newMessage, parseOutcome, put, putParsed } from '../../support/store.ts';
import type { OpenStore } from '../contract.ts';

const text = (value: string): Query => ({ kind: 'text', text: value });
const field = (name: 'from' | 'to' | 'subject' | 'addressed' | 'message-id' | 'cc', value: string): Query => ({
  kind: 'field',
  field: name,
  text: value,
});

/** Twelve characters for the index to cut at. */
const LONG_TEXT = `${'lorem ipsum '.repeat(5000)}needle in hay${' dolor sit a'.repeat(5000)}`;

/** Each case names the subjects of the messages that are found, newest first. */
const CASES: readonly { readonly what: string; readonly query: Query; readonly found: readonly string[] }[] = [
  { what: 'a word of the body', query: text('invoice'), found: ['Rechnung'] },
  { what: 'a part of a word, in another case', query: text('NVOIC'), found: ['Rechnung'] },
  { what: 'upper case that is not ASCII', query: text('ÜBER'), found: ['über'] },
  { what: 'words over the end of a line', query: text('two words'), found: ['Rechnung'] },
  { what: 'a file name', query: text('report.pdf'), found: ['Rechnung'] },
  { what: 'a display name', query: text('lovelace'), found: ['über'] },
  { what: 'a name with its address', query: field('from', 'Ada Lovelace <ada@'), found: ['über'] },
  { what: 'an envelope recipient that no header names', query: text('hidden@example.com'), found: ['100% a_b'] },
  { what: 'two characters of Chinese', query: text('验证'), found: ['您的验证码'] },
  { what: 'two characters at the end of a text', query: text('证码'), found: ['您的验证码'] },
  { what: 'two characters of Japanese in a body', query: text('確認'), found: ['Rechnung'] },
  { what: 'two characters of Korean in a body', query: text('확인'), found: ['über'] },
  { what: 'two characters that follow each other nowhere', query: text('验码'), found: [] },
  { what: 'one character, in headers only', query: text('的'), found: ['您的验证码'] },
  { what: 'one character that is only in a body', query: text('語'), found: [] },
  { what: 'two emoji', query: text('🚀🚀'), found: ['100% a_b'] },
  { what: 'a per cent sign as itself', query: field('subject', '%'), found: ['100% a_b'] },
  { what: 'an underscore as itself', query: field('subject', 'a_b'), found: ['100% a_b'] },
  { what: 'an underscore for no other character', query: text('a_x'), found: [] },
  { what: 'a per cent sign for no other text', query: text('in%ce'), found: [] },
  { what: 'a double quote', query: text('say "hi"'), found: ['Rechnung'] },
  { what: 'words between which there are marks', query: text('two words say hi'), found: ['Rechnung'] },
  { what: 'words with other marks between them', query: text('(words; say)'), found: ['Rechnung'] },
  { what: 'a single quote', query: text("it's"), found: ['Rechnung'] },
  { what: 'what would be an operator of the index', query: text('NOT AND*'), found: [] },
  { what: 'NUL', query: text('nul\0nul'), found: ['Rechnung'] },
  { what: 'what follows NUL', query: text('after'), found: ['Rechnung'] },
  { what: 'nothing at all: every message', query: text(''), found: ['100% a_b', '您的验证码', 'über', 'Rechnung'] },
  { what: 'the subject only', query: field('subject', 'invoice'), found: [] },
  { what: 'the sender only', query: field('from', 'ada@'), found: ['über'] },
  { what: 'any of the addresses', query: field('addressed', 'carol'), found: ['您的验证码'] },
  { what: 'a copy', query: field('cc', 'carol@example.com'), found: ['您的验证码'] },
  { what: 'a Message-ID', query: field('message-id', 'unique.1@host'), found: ['您的验证码'] },
  { what: 'a Message-ID not without its prefix', query: text('unique.1@host'), found: [] },
  { what: 'an envelope address', query: { kind: 'envelope', side: 'to', address: 'Bob@EXAMPLE.com' }, found: ['über'] },
  {
    what: 'not a part of an envelope address',
    query: { kind: 'envelope', side: 'to', address: 'ob@example.com' },
    found: [],
  },
  { what: 'the null reverse-path', query: { kind: 'envelope', side: 'from', address: '' }, found: ['100% a_b'] },
  { what: 'a tag, whole, in any case', query: { kind: 'tag', tag: 'NEWS' }, found: ['Rechnung'] },
  { what: 'not a part of a tag', query: { kind: 'tag', tag: 'new' }, found: [] },
  { what: 'whether there is a tag', query: { kind: 'tagged' }, found: ['Rechnung'] },
  { what: 'how a delivery ends', query: { kind: 'verdict', status: 'bounced' }, found: ['über'] },
  { what: 'no delivery that ends so', query: { kind: 'verdict', status: 'held' }, found: [] },
  {
    what: 'what has no verdict as what does not end so',
    query: { kind: 'not', term: { kind: 'verdict', status: 'bounced' } },
    found: ['100% a_b', '您的验证码', 'Rechnung'],
  },
  { what: 'a transport', query: { kind: 'via', name: 'RELAY' }, found: ['über'] },
  { what: 'a next hop', query: { kind: 'via', name: '[mx.test]:587' }, found: ['über'] },
  { what: 'both', query: { kind: 'via', name: 'relay:[mx.test]:587' }, found: ['über'] },
  { what: 'not a part of a transport', query: { kind: 'via', name: 'rel' }, found: [] },
  { what: 'a parameter that decided something', query: { kind: 'rule', text: 'Virtual_' }, found: ['Rechnung'] },
  { what: 'a table', query: { kind: 'rule', text: '/etc/postfix/virtual' }, found: ['Rechnung'] },
  { what: 'its line', query: { kind: 'rule', text: 'virtual:7' }, found: ['Rechnung'] },
  { what: 'no table that was asked in vain', query: { kind: 'rule', text: 'transport_maps' }, found: [] },
  { what: 'unread', query: { kind: 'read', read: false }, found: ['100% a_b', '您的验证码', 'über'] },
  { what: 'attachments', query: { kind: 'has', what: 'attachment' }, found: ['Rechnung'] },
  { what: 'inline parts', query: { kind: 'has', what: 'inline' }, found: [] },
  { what: 'before, exclusively', query: { kind: 'before', timeMs: 2000 }, found: ['Rechnung'] },
  { what: 'after, inclusively', query: { kind: 'after', timeMs: 3000 }, found: ['100% a_b', '您的验证码'] },
  { what: 'larger', query: { kind: 'larger', sizeBytes: 1000 }, found: ['100% a_b'] },
  { what: 'smaller', query: { kind: 'smaller', sizeBytes: 1000 }, found: ['您的验证码', 'über', 'Rechnung'] },
  { what: 'what was kept up to a change', query: { kind: 'upto', seq: 1 }, found: ['Rechnung'] },
  {
    what: 'all of several terms',
    query: {
      kind: 'and',
      terms: [text('example'), { kind: 'not', term: text('验证') }, { kind: 'after', timeMs: 2000 }],
    },
    found: ['100% a_b', 'über'],
  },
  {
    what: 'one of several terms',
    query: { kind: 'or', terms: [text('invoice'), text('über'), { kind: 'larger', sizeBytes: 1e6 }] },
    found: ['über', 'Rechnung'],
  },
  { what: 'no terms', query: { kind: 'or', terms: [] }, found: [] },
  { what: 'a long text', query: text('x'.repeat(5000)), found: [] },
];

/** Finding messages. */
export function searchContract(open: OpenStore): void {
  test.for(CASES)('search finds $what', async ({ query, found }) => {
    await using store = await open({ clock: systemClock });
    await fill(store);
    const listed = await store.list({ query });
    expect(listed.map(({ summary }) => summary.subject)).toEqual(found);
    const unread = listed.filter(({ read }) => !read).length;
    expect(await store.counts({ query })).toEqual({ total: listed.length, unread });
  });

  test('a header is found before the parser has seen the message', async () => {
    await using store = await open({ clock: systemClock });
    const stored = await put(store, { subject: 'Reset your password' });
    expect(await store.list({ query: field('subject', 'reset your') })).toEqual([stored]);
    expect(await store.list({ query: text('PASSWORD') })).toEqual([stored]);
    expect(await store.list({ query: { kind: 'not', term: text('password') } })).toEqual([]);
  });

  test('the last of many recipients is found, before and after the message is parsed', async () => {
    await using store = await open({ clock: systemClock });
    const to = Array.from({ length: 500 }, (_, index) => `user${index}@example.com`);
    const message = newMessage(store, { to, raw: Buffer.from('Subject: many\r\n\r\n') });
    const outcome = parseOutcome(Buffer.from('Subject: many\r\n\r\n'), {});
    const query: Query = { kind: 'envelope', side: 'to', address: 'user499@example.com' };
    const { id } = await store.put(message);
    expect(await store.counts({ query })).toEqual({ total: 1, unread: 1 });
    await store.setParsed(id, 1, outcome);
    expect(await store.counts({ query })).toEqual({ total: 1, unread: 1 });
  });

  test('a message parsed again is found by its new text, and no longer by its old', async () => {
    await using store = await open({ clock: systemClock });
    const stored = await putParsed(store, {}, { searchText: 'ancient' });
    expect(await store.list({ query: text('ancient') })).toHaveLength(1);
    await store.setParsed(stored.id, 2, { failure: 'broken' });
    expect(await store.list({ query: text('ancient') })).toEqual([]);
    expect(await store.list({ query: text('hello') })).toHaveLength(1);
  });

  test('text is found anywhere in a long body', async () => {
    await using store = await open({ clock: systemClock });
    await putParsed(store, {}, { searchText: LONG_TEXT });
    for (const needle of ['ipsum needle in hay dolor', 'sit a', 'e in h', LONG_TEXT.slice(4000, 5000)]) {
      expect(await store.counts({ query: text(needle) })).toEqual({ total: 1, unread: 1 });
    }
  });

  test('a search keeps to its inbox and its page', async () => {
    await using store = await open({ clock: systemClock });
    for (const inbox of ['x', 'y', 'x', 'x']) await putParsed(store, { inbox }, { searchText: 'common' });
    expect(await store.counts({ inbox: 'x', query: text('common') })).toEqual({ total: 3, unread: 3 });
    const page = await store.list({ inbox: 'x', query: text('common'), offset: 1, limit: 1 });
    expect(page.map(({ seq }) => seq)).toEqual([5]);
  });

  test('what is deleted is not found, and its number is not mixed up', async () => {
    await using store = await open({ clock: systemClock });
    const stored = await putParsed(store, {}, { searchText: 'vanish' });
    expect(await store.list({ query: text('vanish') })).toHaveLength(1);
    await store.delete({ ids: [stored.id] });
    await putParsed(store, {}, { searchText: 'other' });
    expect(await store.list({ query: text('vanish') })).toEqual([]);
  });
}

async function fill(store: Store): Promise<void> {
  const first = await putParsed(
    store,
    { subject: 'Rechnung', from: 'shop@example.com', to: ['dave@example.com'], receivedAtMs: 1000 },
    {
      searchText: 'Your invoice of two\n words, say "hi": it\'s nul\0nul after. 日本語の確認',
      fileNames: ['Report.pdf'],
      attachmentCount: 1,
    },
  );
  await store.setVerdict(first.id, {
    journey: {
      ...shortJourney(),
      nodes: [
        {
          message: 1,
          address: 'dave@example.com',
          steps: [
            {
              stage: 'virtual_alias',
              parameter: 'virtual_alias_maps',
              table: 'hash:/etc/postfix/virtual',
              file: '/etc/postfix/virtual',
              line: 7,
              key: 'dave@example.com',
              result: 'bob@example.com',
            },
            { stage: 'transport', parameter: 'transport_maps', key: 'bob@example.com', result: null },
          ],
          delivery: sentDelivery(),
        },
      ],
    },
    queued: [],
    deliveries: [],
  });
  await store.setTags({ ids: [first.id] }, ['News']);
  await store.setRead({ ids: [first.id] }, true);
  const second = await putParsed(
    store,
    { subject: 'über', from: 'Ada Lovelace <ada@example.com>', to: ['bob@example.com'], receivedAtMs: 2000 },
    { searchText: 'nothing to see 메일 확인' },
  );
  await store.setVerdict(second.id, {
    journey: shortJourney({ status: 'bounced', transport: 'relay', nexthop: '[mx.test]:587' }),
    queued: [],
    deliveries: [],
  });
  await putParsed(
    store,
    {
      subject: '您的验证码',
      from: 'noreply@host.test',
      to: ['eve@example.com'],
      headers: { Cc: 'Carol <carol@example.com>', 'Message-ID': '<unique.1@host.test>' },
      receivedAtMs: 3000,
    },
    { searchText: 'code 123456' },
  );
  await putParsed(
    store,
    {
      subject: '100% a_b',
      from: '',
      to: ['hidden@example.com'],
      raw: Buffer.from(`Subject: 100% a_b\r\n\r\n${'x'.repeat(2000)}`),
      receivedAtMs: 4000,
    },
    { searchText: 'go 🚀🚀 go' },
  );
}
