import { parsePolicyService } from '../access/policy-service.ts';
import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import { mayAsk } from '../config/may-ask.ts';
import { readMilters } from '../milters.ts';
import type { Octets } from '../octets.ts';
import type { ServerAddress } from '../question.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { CheckWorld, NamedTable } from './check-world.ts';
import { listRestrictions } from './restriction-list.ts';
import { listServices, openMainView, openViews, toProgram, type View } from './view.ts';

/** What production does and this program doesn't: milters, policy services, servers elsewhere, accounts, interfaces. */
export function* checkWhatIsNotHere(world: CheckWorld): Generator<Finding> {
  const main = openMainView(world);
  const views = openViews(world, ['smtpd', 'cleanup']);
  for (const view of views) yield* checkMilters(view);
  for (const view of openViews(world, ['smtpd'])) yield* checkPolicyServices(view, world);
  yield* checkLookups(world);
  yield* checkAccounts(world, main);
  yield* checkInterfaces(main);
}

function* checkMilters(view: View): Generator<Finding> {
  for (const parameter of ['smtpd_milters', 'non_smtpd_milters']) {
    const words = view.isSet(parameter) ? view.words(parameter).map(({ text }) => text) : [];
    const milters = readMilters(words, view);
    if (milters.length === 0) continue;
    const named = milters.map(({ name, defaultAction }) => `${name} (default action ${defaultAction})`).join(', ');
    yield {
      severity: 'note',
      code: 'milter-not-asked',
      at: view.placeOf(parameter),
      problem: `the milters of ${parameter} aren’t asked here`,
      why: `Production gives each mail to ${named}, which may change, refuse or sign it.`,
      hint: `write nothing: mail is caught as it is before the milters`,
    };
  }
  if (!view.isSet('smtpd_milter_maps') || view.get('smtpd_milter_maps') === '') return;
  yield {
    severity: 'note',
    code: 'milter-not-asked',
    at: view.placeOf('smtpd_milter_maps'),
    problem: 'the milters of smtpd_milter_maps aren’t asked here',
    why: 'Production gives mail of the clients in it to others than those of smtpd_milters, or to none.',
    hint: `write nothing: mail is caught as it is before the milters`,
  };
}

function* checkPolicyServices(view: View, world: CheckWorld): Generator<Finding> {
  for (const { kind, argument, at } of listRestrictions(view)) {
    if (kind !== 'server' || argument === undefined) continue;
    const parsed = parsePolicyService(argument.text);
    if ('fault' in parsed) yield toFatal(parsed.fault, at);
    else yield* checkPolicyServer(parsed.server, { view, world, at });
  }
}

function toFatal(fault: Octets, at: SourceLocation): Finding {
  return {
    severity: 'error',
    code: 'policy-service',
    at,
    problem: fault,
    why: 'smtpd ends when it starts, so that no mail is taken by SMTP.',
    hint: 'write inet:HOST:PORT or unix:PATH, or { inet:HOST:PORT, timeout=10s, { default_action = DUNNO } }',
    postfixLine: `fatal: ${fault}`,
  };
}

/** Of the servers that are asked, only those that master.cf would have to start. */
function* checkPolicyServer(
  server: ServerAddress,
  { view, world, at }: { readonly view: View; readonly world: CheckWorld; readonly at: SourceLocation },
): Generator<Finding> {
  if (server.kind === 'inet') {
    const { host, port, written } = server;
    if (
      mayAsk(
        host,
        port,
        view.words('catch_lookup_allow').map(({ text }) => text),
      )
    )
      return;
    yield {
      severity: 'note',
      code: 'policy-not-asked',
      at,
      problem: `the policy service ${written} isn’t on this machine: it isn’t asked`,
      why: 'Production asks it about each command, and it may refuse or defer; in strict mode its default action is done.',
      hint: 'add the service to catch_lookup_allow if it may be asked',
    };
    return;
  }
  const name = server.written.slice(server.written.lastIndexOf('/') + 1);
  const spawned = listServices(world).find(
    (entry) => entry.fields.service === name && entry.fields.type === 'unix' && toProgram(entry) === 'spawn',
  );
  if (spawned === undefined) return;
  yield {
    severity: 'note',
    code: 'policy-not-asked',
    at,
    problem: `the policy service ${server.written} isn’t started here`,
    why: 'Production’s master.cf runs it with spawn(8); this program runs no commands, so that its default action is done.',
    hint: 'start it yourself at a port of this machine, and write inet:127.0.0.1:PORT; or default_action=DUNNO in braces',
  };
}

/** Tables whose servers are asked only where they may be. */
function* checkLookups(world: CheckWorld): Generator<Finding> {
  const said = new Set<Octets>();
  for (const named of world.tables) {
    if (said.has(named.spec) || !asksServer(named)) continue;
    said.add(named.spec);
    yield {
      severity: 'note',
      code: 'lookup-asks-server',
      at: named.at,
      problem: `${named.spec} asks a server`,
      why: 'It is asked on this machine, or where catch_lookup_allow says; nothing leaves this machine unasked.',
      hint: 'set catch_lookup_allow, or put inline: or texthash: in its place',
    };
  }
}

function asksServer({ table, spec }: NamedTable): boolean {
  if (!/^(?:proxy:)*(?:pgsql|socketmap):/.test(spec)) return false;
  try {
    table.lookup('postfixture@postfixture.invalid');
    return false;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return error.problem === 'not asked';
  }
}

function* checkAccounts(world: CheckWorld, view: View): Generator<Finding> {
  if (world.accounts !== undefined || world.entries.length === 0 || view.get('mydestination') === '') return;
  if (view.isSet('catch_passwd_file')) return;
  yield {
    severity: 'note',
    code: 'accounts-guessed',
    at: { file: world.mainCf },
    problem: 'which accounts there are is not known',
    why: 'Every local part of mydestination is taken for an account, so that no local recipient is unknown.',
    hint: 'write catch_passwd_file = FILE with a copy of production’s /etc/passwd, = system, or = any to leave it so',
  };
}

function* checkInterfaces(view: View): Generator<Finding> {
  const value = view.isSet('inet_interfaces') ? view.get('inet_interfaces') : '';
  if (value === '' || value === 'loopback-only') return;
  yield {
    severity: 'note',
    code: 'interfaces-not-followed',
    at: view.placeOf('inet_interfaces'),
    problem: `inet_interfaces = ${value} isn’t followed here`,
    why: 'It is production’s; a catcher that others can reach would show them your mail.',
    hint: 'use --listen if others are to reach this one',
  };
}
