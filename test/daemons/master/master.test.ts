import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openAccept } from '../../../src/daemons/cleanup/accept.ts';
import { openMaster } from '../../../src/daemons/master/master.ts';
import { provideCertificate } from '../../../src/daemons/smtpd/certificate.ts';
import type { SmtpdRules } from '../../../src/daemons/smtpd/rules.ts';
import { silentLog } from '../../../src/log.ts';
import { holdSettings } from '../../../src/settings/live-settings.ts';
import { openLookups } from '../../../src/lookups/lookups.ts';
import { followRuleWorld } from '../../../src/settings/live-world.ts';
import { loadSettings } from '../../../src/settings/load.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { testMachine } from '../../support/settings.ts';
import { connectSmtp } from '../../support/smtp-client.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

/** The listeners of a master.cf, on free ports. */
async function openOffice(masterCf: string, { overrides = [] }: { overrides?: readonly string[] } = {}) {
  const directory = await makeTemporaryDirectory();
  const write = (text: string) => writeFile(join(directory.path, 'master.cf'), text);
  await writeFile(join(directory.path, 'main.cf'), 'myhostname = mail.example.com\n');
  await write(masterCf);
  const load = () =>
    loadSettings({
      machine: { ...testMachine, cwd: directory.path },
      overrides: ['catch_smtp_port=0', 'catch_ephemeral=yes', 'inet_interfaces=127.0.0.1', ...overrides],
    });
  const settings = holdSettings({ first: load(), load, clock: systemClock, log: silentLog });
  const store = await openMemoryStore({ clock: systemClock });
  const accept = openAccept({ store, log: silentLog });
  const lookups = openLookups({ allow: () => [], mapPath: (path) => path, report: () => {} });
  const decide: SmtpdRules['decide'] = (run, options) => lookups.decide(run, options);
  const rules = { currentWorld: followRuleWorld(settings), decide };
  const master = await openMaster({ settings, store, accept, rules, clock: systemClock, log: silentLog });
  const portOf = (name: string) => master.list().find((service) => service.name === name)?.port ?? 0;
  return {
    master,
    portOf,
    connect: async (name: string) => {
      const client = await connectSmtp(portOf(name));
      return { client, greeting: await client.reply() };
    },
    async rewrite(text: string) {
      await write(text);
      settings.reload();
      await master.settled();
    },
    async [Symbol.asyncDispose]() {
      await master[Symbol.asyncDispose]();
      await lookups[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const SMTP = 'smtp inet n - n - - smtpd';
const SUBMISSION = 'submission inet n - n - - smtpd -o smtpd_banner=submission';

test('each service listens, and greets with its own settings', async () => {
  await using office = await openOffice(`${SMTP} -o smtpd_banner=smtp\n${SUBMISSION}\n`);

  const greetings = await Promise.all(
    ['smtp/inet', 'submission/inet'].map(async (name) => (await office.connect(name)).greeting),
  );

  expect(greetings).toEqual([['220 smtp'], ['220 submission']]);
});

test('without a master.cf, and with one that has nothing at port 25, SMTP listens all the same', async () => {
  await using none = await openOffice('');
  await using other = await openOffice(SUBMISSION);

  expect(none.master.list().map(({ name }) => name)).toEqual(['smtp/inet']);
  expect(other.master.list().map(({ name }) => name)).toEqual(['smtp/inet', 'submission/inet']);
});

test('with smtpd_tls_wrappermode TLS begins with the first octet, for a name that the certificate has', async () => {
  await using office = await openOffice(`${SMTP}\nsmtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n`);

  const socket = connect({ port: office.portOf('smtps/inet'), host: '127.0.0.1', rejectUnauthorized: false });
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  const { subjectaltname } = socket.getPeerCertificate();
  socket.destroy();

  expect(greeting.toString()).toBe('220 mail.example.com ESMTP Postfix\r\n');
  expect(subjectaltname).toContain('DNS:mail.example.com');
});

test.for([
  { why: 'there is none in master.cf', masterCf: SMTP, names: ['smtp/inet', 'smtps/inet'] },
  {
    why: 'master.cf has one, which goes there',
    masterCf: `${SMTP}\n465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n`,
    names: ['smtp/inet', '465/inet'],
  },
])('catch_smtps_port is a listener for TLS at once, where $why', async ({ masterCf, names }) => {
  await using office = await openOffice(masterCf, { overrides: ['catch_smtps_port=0'] });

  const open = office.master.list();

  expect(open.map(({ name }) => name)).toEqual(names);
  expect(open.map(({ isImplicitTls }) => isImplicitTls)).toEqual([false, true]);
});

test('catch_lmtp_port is a listener that speaks LMTP', async () => {
  await using office = await openOffice(SMTP, { overrides: ['catch_lmtp_port=0'] });

  const { client, greeting } = await office.connect('lmtp/inet');

  expect(greeting).toEqual(['220 mail.example.com LMTP Postfix']);
  expect(await client.say('EHLO a.test')).toEqual(['500 5.5.2 Error: command not recognized']);
});

test('a service has the certificate that its own options name', async () => {
  await using keys = await makeTemporaryDirectory();
  const { key, chain } = await provideCertificate({ directory: undefined, names: ['own.test'], clock: systemClock });
  await writeFile(join(keys.path, 'own.pem'), `${key}\n${chain}`);
  const options = `-o smtpd_tls_wrappermode=yes -o smtpd_tls_chain_files=${keys.path}/own.pem`;
  await using office = await openOffice(`${SMTP}\nsmtps inet n - n - - smtpd ${options}\n`);

  const socket = connect({ port: office.portOf('smtps/inet'), host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'data');
  const { subjectaltname } = socket.getPeerCertificate();
  socket.destroy();

  expect(subjectaltname).toBe('DNS:own.test');
});

test('a client that can’t do TLS harms nobody', async () => {
  await using office = await openOffice('smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n');
  await using plain = await connectSmtp(office.portOf('smtps/inet'));

  plain.send('EHLO client.test\r\n');
  const reply = await plain.reply();

  expect(reply).toBeUndefined();
  expect((await office.connect('smtp/inet')).greeting).toEqual(['220 mail.example.com ESMTP Postfix']);
});

test('a reload opens what is new, closes what is gone, and leaves the sessions of the others alone', async () => {
  await using office = await openOffice(`${SMTP}\n${SUBMISSION}\n`);
  const { client } = await office.connect('smtp/inet');
  const gone = office.portOf('submission/inet');

  await office.rewrite(`${SMTP}\n10025 inet n - n - - smtpd\n`);

  expect(office.master.list().map(({ name }) => name)).toEqual(['smtp/inet', '10025/inet']);
  await expect(connectSmtp(gone)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await client.say('NOOP')).toEqual(['250 2.0.0 Ok']);
});

test('a session keeps the settings that it began with', async () => {
  await using office = await openOffice(`${SMTP} -o message_size_limit=1000\n`);
  const { client: before } = await office.connect('smtp/inet');

  await office.rewrite(`${SMTP} -o message_size_limit=2000\n`);
  const { client: after } = await office.connect('smtp/inet');

  expect((await before.say('EHLO a.test')).join()).toContain('SIZE 1000');
  expect((await after.say('EHLO a.test')).join()).toContain('SIZE 2000');
});
