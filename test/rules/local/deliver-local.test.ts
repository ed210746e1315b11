import { expect, test } from 'vitest';
import type { FileFact } from '../../../src/rules/tables/file-text.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';
import { sendLocally } from '../../support/local-mail.ts';
import { openRecordingAgent } from '../../support/recording-agent.ts';
import { openTestWorld, type TestConfiguration, type TestWorld } from '../../support/rule-world.ts';

const MAIN = `myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, example.com
alias_maps = hash:/etc/postfix/aliases
`;

/** In text mode, so that nothing has to be indexed. */
function open({ mainCf = '', files = {} }: TestConfiguration): Promise<TestWorld> {
  return openTestWorld({ mainCf: MAIN + mainCf, files: { aliases: '', ...files } });
}

/** Files belong to root unless it is said otherwise. */
function owned(world: RuleWorld, facts: Readonly<Record<string, Partial<FileFact>>> = {}): RuleWorld {
  return {
    ...world,
    readFile(path) {
      const fact = world.readFile(path);
      return 'text' in fact ? { ...fact, uid: 0, mode: 0o644, ...facts[path] } : fact;
    },
  };
}

const warningsOf = ({ log }: ReturnType<typeof sendLocally>): readonly string[] => log.map(({ text }) => text);

test('the trail says which line of which table leads where', async () => {
  await using configuration = await open({ files: { aliases: '# staff\nteam: alice,\n  bob@example.com\n' } });
  const { trail } = sendLocally(owned(configuration.world), { sender: 's@o.test', to: ['team@example.com'] });
  const [root, alice, bob] = trail.nodes();
  expect(root?.steps).toContainEqual({
    stage: 'alias',
    parameter: 'alias_maps',
    table: 'hash:/etc/postfix/aliases',
    key: 'team',
    file: '/etc/postfix/aliases',
    line: 2,
    result: 'alice, bob@example.com',
  });
  expect([alice, bob]).toMatchObject([
    { parent: 0, address: 'alice', delivery: { recipient: 'alice@mail.example.com', text: 'delivered to mailbox' } },
    { parent: 0, address: 'bob@example.com', delivery: { recipient: 'bob@example.com', original: 'team@example.com' } },
  ]);
});

test('a forwarded message hangs below the member that it is for', async () => {
  await using configuration = await open({ files: { aliases: 'list: x@remote.test\nowner-list: alice\n' } });
  const { messages, trail } = sendLocally(owned(configuration.world), { sender: 's@o.test', to: ['list@example.com'] });
  const [first, second] = messages;
  expect(first?.records).toMatchObject([{ text: 'forwarded as Q2', forwardedAs: 2 }]);
  expect(second?.message).toMatchObject({ sender: 'owner-list@mail.example.com', origin: 'forward' });
  const [child] = trail.nodes().filter(({ message }) => message === 2);
  expect(trail.nodes()[child?.parent ?? 0]).toMatchObject({ message: 1, address: 'x@remote.test' });
  expect(Buffer.from(second?.message.content() ?? []).toString()).toContain('\r\nDelivered-To: list@example.com\r\n');
});

test.for([
  { uid: 1001, mode: 0o644, warning: undefined, to: 'x@remote.test' },
  { uid: 0, mode: 0o644, warning: undefined, to: 'x@remote.test' },
  { uid: 1002, mode: 0o644, warning: 'file /home/alice/.forward has bad owner uid 1002', to: 'alice@example.com' },
  { uid: 1001, mode: 0o666, warning: 'file /home/alice/.forward is world writable', to: 'alice@example.com' },
])('a .forward file of uid $uid with mode $mode leads to $to', async ({ uid, mode, warning, to }) => {
  await using configuration = await open({ files: { '/home/alice/.forward': 'x@remote.test\n' } });
  const world = owned(configuration.world, { '/home/alice/.forward': { uid, mode } });
  const outcome = sendLocally(world, { sender: 's@o.test', to: ['alice@example.com'] });
  expect(outcome.records.at(-1)?.recipient).toBe(to);
  expect(warningsOf(outcome)).toEqual(warning === undefined ? [] : [`warning: ${warning}`]);
});

test('where accounts are guessed, nobody minds whose files they are', async () => {
  const files = { aliases: 'a: alice\n', '/home/alice/.forward': 'x@remote.test\n' };
  await using configuration = await open({ files });
  const world = owned(configuration.world, {
    '/etc/postfix/aliases': { uid: 4711 },
    '/home/alice/.forward': { uid: 4711 },
  });
  const guessing = { ...world, accounts: { ...world.accounts, findByUid: () => undefined, areGuessed: true } };
  const { records } = sendLocally(guessing, { sender: 's@o.test', to: ['a@example.com'] });
  expect(records.at(-1)?.recipient).toBe('x@remote.test');
});

test.for([
  { uid: 1002, text: 'delivered to command: x', status: 'sent', runsAs: 1002 },
  { uid: 0, text: 'delivered to command: x', status: 'sent', runsAs: 65534 },
  { uid: 4711, text: 'cannot find alias database owner', status: 'deferred', runsAs: undefined },
])('a command of an alias table of uid $uid: $text, as $runsAs', async ({ uid, text, status, runsAs }) => {
  await using configuration = await open({ files: { aliases: 'cmd: "|x"\n' } });
  const world = owned(configuration.world, { '/etc/postfix/aliases': { uid } });
  const { records, performed } = sendLocally(world, { sender: 's@o.test', to: ['cmd@example.com'] });
  expect(records).toMatchObject([{ status, text }]);
  expect(performed.map(({ act }) => ('uid' in act ? act.uid : undefined))).toEqual(
    runsAs === undefined ? [] : [runsAs],
  );
});

test.for([
  { uid: 1002, mode: 0o644, text: 'forwarded as Q2', warnings: [] },
  {
    uid: 1002,
    mode: 0o646,
    text: 'mail system configuration error',
    warnings: ['warning: :include: file /etc/postfix/list is world writable'],
  },
  {
    uid: 4711,
    mode: 0o644,
    text: 'mail system configuration error',
    warnings: [
      'warning: cannot find username for uid 4711',
      'warning: /etc/postfix/list: cannot find :include: file owner username',
    ],
  },
])('an :include: file of uid $uid with mode $mode: $text', async ({ uid, mode, text, warnings }) => {
  await using configuration = await open({ files: { aliases: 'l: :include:/etc/postfix/list\n', list: 'a@r.test\n' } });
  const world = owned(configuration.world, { '/etc/postfix/list': { uid, mode } });
  const outcome = sendLocally(world, { sender: 's@o.test', to: ['l@example.com'] });
  expect(outcome.messages[0]?.records).toMatchObject([{ text }]);
  expect(warningsOf(outcome)).toEqual(warnings);
});

test('a mailbox of another account gets no mail while strict_mailbox_ownership holds', async () => {
  await using configuration = await open({ files: { '/var/mail/alice': 'x\n' } });
  const world = owned(configuration.world, { '/var/mail/alice': { uid: 1002 } });
  expect(sendLocally(world, { sender: '', to: ['alice@example.com'] }).records).toMatchObject([
    {
      status: 'deferred',
      dsn: '4.2.0',
      text: 'cannot update mailbox /var/mail/alice for user alice. destination /var/mail/alice is not owned by recipient',
    },
  ]);
});

const REASON = { status: 'bounced', dsn: '5.2.2', text: 'error writing message: File too large' } as const;

test.for([
  { to: 'bob', text: `cannot update mailbox /var/mail/bob for user bob. ${REASON.text}`, notifies: undefined },
  { to: 'file', text: `cannot append message to file /tmp/x: ${REASON.text}`, notifies: undefined },
  { to: 'dir', text: `maildir delivery failed: ${REASON.text}`, notifies: undefined },
  { to: 'command', text: REASON.text, notifies: undefined },
  { to: 'list', text: REASON.text, notifies: 'owner-list@mail.example.com' },
])('what fails for $to is told in the words of its kind', async ({ to, text, notifies }) => {
  const aliases = 'file: /tmp/x\ndir: /tmp/x/\ncommand: "|x"\nlist: "|y"\nowner-list: alice\n';
  await using configuration = await open({ files: { aliases } });
  const agent = openRecordingAgent(() => REASON);
  const { records } = sendLocally(owned(configuration.world), { sender: 's@o.test', to: [`${to}@example.com`] }, agent);
  expect(records).toMatchObject([{ ...REASON, text }]);
  expect(records[0]?.notifies).toBe(notifies);
});

test('a command is told of the delivery, but for what might harm it', async () => {
  const mainCf = 'recipient_delimiter = +\nlocal_command_shell = /bin/rsh -c\ncommand_execution_directory = $home\n';
  await using configuration = await open({ mainCf, files: { '/home/alice/.forward': '"|run $1"\n' } });
  const world = owned(configuration.world);
  const { performed } = sendLocally(world, {
    sender: 's;x@o.test',
    to: [{ address: 'alice+e@example.com', original: 'A@b' }],
  });
  expect(performed[0]?.act).toMatchObject({
    kind: 'command',
    command: 'run $1',
    shell: ['/bin/rsh', '-c'],
    directory: '/home/alice',
    uid: 1001,
    gid: 1001,
  });
  const variables = new Map(performed[0]?.act.kind === 'command' ? performed[0].act.environment : []);
  expect(Object.fromEntries(variables)).toMatchObject({
    SENDER: 's_x@o.test',
    RECIPIENT: 'alice+e@example.com',
    LOCAL: 'alice+e',
    USER: 'alice',
    EXTENSION: 'e',
    ORIGINAL_RECIPIENT: 'A@b',
    HOME: '/home/alice',
    PATH: '/usr/bin:/bin',
  });
});

test.for([
  { to: 'a@example.com', reports: [{ of: { address: 'a@example.com', notify: ['SUCCESS'] }, relay: 'local' }] },
  { to: 'l@example.com', reports: [{ of: { address: 'l@example.com' }, relay: 'local', isDelivered: true }] },
  { to: 'alice@example.com', reports: [] },
])('with NOTIFY=SUCCESS the sender is told that $to was expanded', async ({ to, reports }) => {
  await using configuration = await open({ files: { aliases: 'a: alice\nl: alice\nowner-l: bob\n' } });
  const mail = { sender: 's@o.test', to: [{ address: to, notify: ['SUCCESS'] as const }] };
  expect(sendLocally(owned(configuration.world), mail).reports).toMatchObject(reports);
});

test('files that include each other end, even if nothing is remembered of them', async () => {
  const aliases = 'a: :include:/etc/postfix/one, bob\n';
  const files = { aliases, one: ':include:/etc/postfix/two\n', two: ':include:/etc/postfix/one\n' };
  await using configuration = await open({ mainCf: 'duplicate_filter_limit = 1\n', files });
  const { records } = sendLocally(owned(configuration.world), { sender: 's@o.test', to: ['a@example.com'] });
  expect(records).toMatchObject([
    { dsn: '5.4.6', text: ':include: nesting limit exceeded' },
    { recipient: 'bob@mail.example.com' },
  ]);
});
