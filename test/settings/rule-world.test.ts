import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../src/settings/load.ts';
import { openRuleWorld } from '../../src/settings/rule-world.ts';
import { openTestWorld } from '../support/rule-world.ts';
import { testMachine, testSettings } from '../support/settings.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('a service sees its own parameters before those of main.cf', async () => {
  await using opened = await openTestWorld({
    mainCf: 'myhostname = mail.example.com\nmydestination = $myhostname, localhost',
    masterCf:
      'smtp inet n - n - - smtpd -o mydestination=other.test -o smtpd_banner=$myhostname\nlocal unix - n n - - local\n',
  });
  const { world } = opened;

  expect(world.view('smtp/inet').words('mydestination')).toEqual(['other.test']);
  expect(world.view('smtp/inet').get('smtpd_banner')).toBe('mail.example.com');
  expect(world.view('rewrite/unix').words('mydestination')).toEqual(['mail.example.com', 'localhost']);
  expect(world.findTransport('local')?.fields.command).toBe('local');
  expect(world.findTransport('nosuch')).toBeUndefined();
});

test('numbers, times and switches are those of main.cf, and a bad one is the default', async () => {
  await using opened = await openTestWorld({
    mainCf: 'hopcount_limit = 7\nmaximal_queue_lifetime = 2h\nminimal_backoff_time = later\nappend_dot_mydomain = YES',
  });
  const view = opened.world.view('cleanup/unix');

  expect(view.integer('hopcount_limit')).toBe(7);
  expect(view.seconds('maximal_queue_lifetime')).toBe(7200);
  expect(view.seconds('minimal_backoff_time')).toBe(300);
  expect(view.isYes('append_dot_mydomain')).toBe(true);
  expect(view.get('no_such_parameter')).toBe('');
});

test('maps are asked in their order, and each question is a step with its place', async () => {
  await using opened = await openTestWorld({
    mainCf: 'virtual_alias_maps = inline:{a=1}, texthash:/etc/postfix/virtual, regexp:/etc/postfix/v.re',
    files: { virtual: '# first\nb two\n', 'v.re': '/^b/ three\n' },
  });
  const maps = opened.world.view('cleanup/unix').maps('virtual_alias_maps');
  const steps: object[] = [];

  expect(maps.find('b', { stage: 'virtual_alias', steps: steps as never })?.value).toBe('two');
  expect(steps).toEqual([
    { stage: 'virtual_alias', parameter: 'virtual_alias_maps', table: 'inline:{a=1}', key: 'b', result: null },
    {
      stage: 'virtual_alias',
      parameter: 'virtual_alias_maps',
      table: 'texthash:/etc/postfix/virtual',
      key: 'b',
      file: '/etc/postfix/virtual',
      line: 2,
      result: 'two',
    },
  ]);
  expect(maps.find('bc', { stage: 'virtual_alias', steps: [], isPartial: true })).toBeUndefined();
  expect(maps.find('bc', { stage: 'virtual_alias', steps: [] })?.value).toBe('three');
});

test('what was said for this run counts, be it a parameter that only Postfix uses', () => {
  const overrides = ['virtual_alias_maps=inline:{a=b}', 'message_size_limit = 1000', 'catch_ephemeral=yes'];
  const view = openRuleWorld(loadSettings({ overrides, machine: testMachine })).view('cleanup/unix');

  expect(view.get('virtual_alias_maps')).toBe('inline:{a=b}');
  expect(view.integer('message_size_limit')).toBe(1000);
  expect(view.get('mydestination')).toBe('mail.example.com, localhost.example.com, localhost');
});

test('accounts are those of the file that is named; without one, every name is an account', async () => {
  await using opened = await openTestWorld({});
  const guessed = openRuleWorld(testSettings()).accounts;

  expect(opened.world.accounts.find('alice')).toMatchObject({ uid: 1001, home: '/home/alice' });
  expect(opened.world.accounts.find('stranger')).toBeUndefined();
  expect(guessed.find('stranger')).toMatchObject({ home: '/home/stranger' });
  expect(guessed.find('not/one')).toBeUndefined();
});

test('the place of a parameter is the line of its service, of main.cf, or none', async () => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(
    join(directory.path, 'main.cf'),
    'compatibility_level = 3.6\nrelayhost = [mx.test]\ntransport_maps =\n',
  );
  await writeFile(join(directory.path, 'master.cf'), 'smtp inet n - n - - smtpd\n  -o relayhost=[other.test]\n');
  const world = openRuleWorld(
    loadSettings({
      machine: testMachine,
      flags: { config_directory: directory.path },
      overrides: ['transport_maps=static:smtp:'],
    }),
  );

  expect(world.view('smtp/inet').placeOf('relayhost')).toMatchObject({ file: `${directory.path}/master.cf`, line: 2 });
  expect(world.view('').placeOf('relayhost')).toMatchObject({ file: `${directory.path}/main.cf`, line: 2 });
  expect(world.view('').placeOf('transport_maps')).toEqual({ file: '-o' });
  expect(world.view('').placeOf('default_transport')).toEqual({ file: '(default)' });
});

test('where there is no master.cf mail has the transports of Postfix’s own', async () => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(join(directory.path, 'main.cf'), 'compatibility_level = 3.6\n');
  const alone = loadSettings({ machine: testMachine, flags: { config_directory: directory.path } });

  for (const settings of [alone, testSettings()]) {
    const world = openRuleWorld(settings);
    expect(world.findTransport('smtp')?.fields.command).toBe('smtp');
    expect(world.findTransport('local')?.fields.command).toBe('local');
  }
});

test('an empty master.cf has no transports', async () => {
  await using opened = await openTestWorld({ masterCf: '' });

  expect(opened.world.findTransport('smtp')).toBeUndefined();
});
