import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { CheckWorld, NamedTable } from './check-world.ts';
import { listRestrictions } from './restriction-list.ts';
import { openMainView, openViews, type View } from './view.ts';

/** What production does and this program doesn't: milters, policy services, servers elsewhere, accounts, interfaces. */
export function* checkWhatIsNotHere(world: CheckWorld): Generator<Finding> {
  const main = openMainView(world);
  const views = openViews(world, ['smtpd', 'cleanup']);
  for (const view of views) yield* checkMilters(view);
  for (const view of openViews(world, ['smtpd'])) yield* checkPolicyServices(view);
  yield* checkLookups(world);
  yield* checkAccounts(world, main);
  yield* checkInterfaces(main);
}

function* checkMilters(view: View): Generator<Finding> {
  for (const parameter of ['smtpd_milters', 'non_smtpd_milters']) {
    const [first] = view.isSet(parameter) ? view.words(parameter) : [];
    if (first === undefined) continue;
    yield {
      severity: 'note',
      code: 'milter-not-asked',
      at: view.placeOf(parameter),
      problem: `the milters of ${parameter} aren’t asked here`,
      why: `Production gives each mail to ${first.text}, which may change, refuse or sign it.`,
      hint: `write nothing: mail is caught as it is before the milters`,
    };
  }
}

function* checkPolicyServices(view: View): Generator<Finding> {
  for (const { kind, argument, at } of listRestrictions(view)) {
    if (kind !== 'server' || argument === undefined) continue;
    yield {
      severity: 'note',
      code: 'policy-not-asked',
      at,
      problem: `the policy service ${argument.text} is asked on this machine alone`,
      why: 'Production asks it for each recipient, and it may refuse or defer.',
      hint: 'add the service to catch_lookup_allow if it is elsewhere and may be asked',
    };
  }
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
