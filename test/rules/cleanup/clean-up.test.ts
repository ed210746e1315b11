import { expect, test } from 'vitest';
import { cleanMessage, listRecipients, type Handed } from '../../support/cleanup.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const DOMAINS = 'myhostname = mail.example.com\nmydomain = example.com\nmydestination = $myhostname, example.com\n';

/** Who a message comes to. */
async function recipientsOf(mainCf: string, message: Handed): Promise<readonly string[]> {
  await using opened = await openTestWorld({ mainCf: DOMAINS + mainCf });
  return listRecipients(cleanMessage(opened.world, message).result);
}

test('each recipient is a tree: what was looked up stands at the address, what led to a member at the member', async () => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}virtual_alias_maps = hash:/etc/postfix/virtual\ncanonical_maps = inline:{old@x.test=team@x.test}\n`,
    files: { virtual: '# people\nteam@x.test bob, team@x.test\n' },
  });
  const { nodes, result } = cleanMessage(opened.world, { to: ['old@x.test'] });

  expect(nodes.map(({ parent, address }) => ({ parent, address }))).toEqual([
    { parent: undefined, address: 'old@x.test' },
    { parent: 0, address: 'team@x.test' },
    { parent: 1, address: 'bob@mail.example.com' },
    { parent: 1, address: 'team@x.test' },
  ]);
  expect(result.recipients.map(({ node }) => node)).toEqual([2, 3]);
  const member = {
    stage: 'virtual_alias',
    parameter: 'virtual_alias_maps',
    table: 'hash:/etc/postfix/virtual',
    file: '/etc/postfix/virtual',
    line: 2,
    key: 'team@x.test',
  };
  expect(nodes[1]?.steps).toContainEqual({ ...member, result: 'bob, team@x.test' });
  expect(nodes[2]?.steps[0]).toEqual({ ...member, result: 'bob@mail.example.com' });
  expect(nodes[3]?.steps).toEqual([{ ...member, result: 'team@x.test' }]);
});

test('a recipient of a message that is made of another hangs below what it came of', async () => {
  await using opened = await openTestWorld({ mainCf: DOMAINS });
  const { nodes } = cleanMessage(opened.world, { to: [{ address: 'a@x.test', parent: 7, original: 'list@x.test' }] });

  expect(nodes).toEqual([{ message: 1, parent: 7, address: 'a@x.test', steps: [] }]);
});

test('a recipient that is there already says so in its tree', async () => {
  await using opened = await openTestWorld({ mainCf: DOMAINS });
  const { nodes, result } = cleanMessage(opened.world, { to: ['a@x.test', 'A@x.test'] });

  expect(listRecipients(result)).toEqual(['a@x.test']);
  expect(nodes[1]?.steps).toEqual([
    { stage: 'cleanup', parameter: 'duplicate_filter_limit', note: 'is a recipient already' },
  ]);
});

test('copies come in the order of their rules: of the sender, of a recipient, of all, of checks', async () => {
  const found = await recipientsOf(
    'sender_bcc_maps = static:sent@bcc.test\nrecipient_bcc_maps = inline:{a@x.test=got@bcc.test}\nalways_bcc = all@bcc.test\n' +
      'header_checks = regexp:{{/^subject/ BCC seen@bcc.test}}\n',
    { to: ['a@x.test', 'b@x.test'], actions: { bcc: ['rule@bcc.test'] } },
  );

  expect(found).toEqual([
    'sent@bcc.test',
    'a@x.test',
    'got@bcc.test',
    'b@x.test',
    'rule@bcc.test',
    'all@bcc.test',
    'seen@bcc.test',
  ]);
});

const WITHOUT_COPIES: readonly {
  readonly what: string;
  readonly message: Omit<Handed, 'to'>;
  readonly expected: readonly string[];
}[] = [
  { what: 'a message that Postfix makes itself', message: { origin: 'bounce' }, expected: ['v@x.test < a@x.test'] },
  { what: 'no_address_mappings', message: { overrides: new Set(['no_address_mappings']) }, expected: ['a@x.test'] },
];

test.for(WITHOUT_COPIES)('$what has no copies', async ({ message, expected }) => {
  const found = await recipientsOf(
    'always_bcc = all@bcc.test\nrecipient_bcc_maps = static:got@bcc.test\nvirtual_alias_maps = inline:{a@x.test=v@x.test}\n',
    { to: ['a@x.test'], ...message },
  );

  expect(found).toEqual(expected);
});

test('nobody is told of what becomes of a copy, and it stands for itself', async () => {
  await using opened = await openTestWorld({ mainCf: `${DOMAINS}always_bcc = all@bcc.test\n` });
  const { result } = cleanMessage(opened.world, { to: ['a@x.test'] });

  expect(result.recipients[1]).toMatchObject({ original: 'all@bcc.test', orcpt: '', notify: ['NEVER'] });
});

test('the original recipient of notifications is what smtpd says it is, whatever comes of the address', async () => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}canonical_maps = inline:{a@x.test=b@x.test}\nvirtual_alias_maps = inline:{b@x.test=c@x.test}\n`,
  });
  const { result } = cleanMessage(opened.world, {
    to: [
      { address: 'a@x.test', orcpt: 'rfc822;A@x.test', notify: [] },
      { address: 'd@x.test', orcpt: 'rfc822;z@z.test', notify: ['FAILURE'] },
    ],
  });

  expect(result.recipients).toMatchObject([
    { address: 'c@x.test', original: 'a@x.test', orcpt: 'rfc822;A@x.test', notify: [] },
    { address: 'd@x.test', original: 'd@x.test', orcpt: 'rfc822;z@z.test', notify: ['FAILURE'] },
  ]);
});

test.for([
  { asked: ['SUCCESS'], passed: ['NEVER'] },
  { asked: ['SUCCESS', 'FAILURE'], passed: ['FAILURE'] },
] as const)(
  'with NOTIFY=$asked an alias reports its expansion, and its members get $passed',
  async ({ asked, passed }) => {
    await using opened = await openTestWorld({
      mainCf: `${DOMAINS}virtual_alias_maps = inline:{{v@x.test=a@x.test b@x.test}}\n`,
    });
    const { result } = cleanMessage(opened.world, {
      to: [
        { address: 'v@x.test', notify: asked },
        { address: 'c@x.test', notify: asked },
      ],
    });

    expect(result.reports).toMatchObject([{ of: { address: 'v@x.test', notify: asked }, relay: 'none' }]);
    expect(result.recipients.map(({ notify }) => notify)).toEqual([passed, passed, asked]);
  },
);

test('recipients that want to be told of different things are different recipients', async () => {
  const to = [{ address: 'a@x.test' }, { address: 'a@x.test', notify: ['NEVER'] as const }];

  expect(await recipientsOf('', { to })).toEqual(['a@x.test', 'a@x.test']);
  expect(await recipientsOf('enable_original_recipient = no\n', { to })).toEqual(['a@x.test']);
});

test('REDIRECT puts one recipient in the place of all: the first by domain and address', async () => {
  await using opened = await openTestWorld({ mainCf: `${DOMAINS}content_filter = filter:next\n` });
  const { result, nodes } = cleanMessage(opened.world, {
    to: ['b@b.test', 'z@A.test', 'c@a.test'],
    actions: { redirect: 'boss' },
  });

  expect(listRecipients(result)).toEqual(['boss@mail.example.com < c@a.test']);
  expect(result.filter).toBe('');
  expect(nodes.at(-1)).toMatchObject({ address: 'boss@mail.example.com', parent: 2 });
});

test.for([
  { what: 'content_filter', actions: {}, content: 'Subject: x\n\n', expected: 'all:next' },
  { what: 'a rule', actions: { filter: 'rule:next' }, content: 'Subject: x\n\n', expected: 'rule:next' },
  { what: 'a check', actions: { filter: 'rule:next' }, content: 'X-Filter: x\n\n', expected: 'check:next' },
])('the last FILTER counts: $what', async ({ actions, content, expected }) => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}content_filter = all:next\nheader_checks = regexp:{{/^x-filter/ FILTER check:next}}\n`,
  });
  const { result } = cleanMessage(opened.world, { to: ['a@x.test'], actions, content });

  expect(result.filter).toBe(expected);
});

test('what comes after a refusal is not looked at, but its recipients are in the journey', async () => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}virtual_alias_maps = inline:{a@x.test=b@x.test b@x.test=a@x.test c@x.test=d@x.test}\nvirtual_alias_recursion_limit = 5\nalways_bcc = all@bcc.test\nheader_checks = regexp:{{/./ WARN}}\n`,
  });
  const { result, nodes } = cleanMessage(opened.world, { to: ['ok@x.test', 'a@x.test', 'c@x.test'] });

  expect(result.end).toEqual({ state: 'rejected', code: 451, dsn: '4.6.0', text: 'Alias expansion error' });
  expect(result.edits).toEqual([]);
  expect(result.log.map(({ text }) => text)).toEqual([
    'warning: 4Z0000: unreasonable virtual_alias_maps map nesting for a@x.test -- message not accepted, try again later',
  ]);
  expect(nodes.map(({ address }) => address)).toEqual(['ok@x.test', 'a@x.test', 'c@x.test']);
  expect(nodes[1]?.steps.at(-1)).toEqual({
    stage: 'virtual_alias',
    parameter: 'virtual_alias_recursion_limit',
    note: 'aliases within aliases, more than 5 deep: <b@x.test>',
  });
  expect(nodes[2]?.steps).toEqual([{ stage: 'cleanup', note: 'not looked at: the message was refused before' }]);
});

test('the empty recipient is who empty_address_recipient says', async () => {
  expect(await recipientsOf('empty_address_recipient = bob\n', { to: [''] })).toEqual(['bob@mail.example.com']);
});

test('a message that goes by another cleanup service follows its parameters', async () => {
  await using opened = await openTestWorld({
    mainCf: DOMAINS,
    masterCf:
      'smtp inet n - n - - smtpd -o cleanup_service_name=other\nother unix n - n - 0 cleanup -o virtual_alias_maps=inline:{a@x.test=b@x.test}\n' +
      'rewrite unix - - n - - trivial-rewrite\n',
  });
  const { result } = cleanMessage(opened.world, { to: ['a@x.test'] });

  expect(listRecipients(result)).toEqual(['b@x.test < a@x.test']);
});

test('an alias with far too many members is refused, and leaves one node', async () => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}virtual_alias_maps = texthash:/etc/postfix/virtual\n`,
    files: { virtual: `big@x.test ${'a@x.test,'.repeat(200_000)}\n` },
  });
  const { result, nodes } = cleanMessage(opened.world, { to: ['big@x.test'] });

  expect(result.end).toMatchObject({ state: 'rejected', text: 'Alias expansion error' });
  expect(nodes).toHaveLength(1);
});
