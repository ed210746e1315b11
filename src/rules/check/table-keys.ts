import type { Finding } from '../config/finding.ts';
import { parseNetwork } from '../address/network.ts';
import type { Octets } from '../octets.ts';
import type { TableHit } from '../tables/lookup-table.ts';
import type { CheckWorld, NamedTable } from './check-world.ts';
import { listEntries, MOST_OF_A_TABLE } from './table-entries.ts';
import { splitItems } from '../tables/braces.ts';
import { openMainView } from './view.ts';

/** How a table is asked, which decides what may stand on its left. */
type Use = 'domains' | 'transport' | 'virtual' | 'address' | 'access' | 'client';

/** A key that is never asked for. */
interface DeadKey {
  readonly why: string;
  readonly hint: string;
}

const USES: ReadonlyMap<Octets, Use> = new Map<Octets, Use>([
  ['mydestination', 'domains'],
  ['relay_domains', 'domains'],
  ['virtual_alias_domains', 'domains'],
  ['virtual_mailbox_domains', 'domains'],
  ['transport_maps', 'transport'],
  ['virtual_alias_maps', 'virtual'],
  ['virtual_mailbox_maps', 'address'],
  ['canonical_maps', 'address'],
  ['recipient_canonical_maps', 'address'],
  ['sender_canonical_maps', 'address'],
  ['relocated_maps', 'address'],
  ['smtp_generic_maps', 'address'],
]);

/** Entries of lookup tables that nothing ever asks for. @see transport(5), virtual(5), access(5), canonical(5) */
export function* checkTableKeys(world: CheckWorld): Generator<Finding> {
  const parents = splitItems(openMainView(world).get('parent_domain_matches_subdomains'));
  const uses = collectUses(world);
  for (const [spec, { named, parameters }] of uses) {
    const kinds = parameters.map((parameter) => findUse(parameter, named, world));
    // A table that somebody asks in a way unknown here may be right in all its entries.
    if (named.table.kind === 'pattern' || kinds.includes(undefined)) continue;
    let count = 0;
    for (const hit of listEntries(named.table)) {
      const faults = kinds.map((kind) => kind && findDead(hit, kind, parents));
      const fault = faults[0];
      if (fault === undefined || faults.includes(undefined)) continue;
      if (++count > MOST_OF_A_TABLE) break;
      yield toFinding(hit, fault, { spec, parameter: parameters[0] ?? '' });
    }
  }
}

interface Uses {
  readonly named: NamedTable;
  readonly parameters: readonly Octets[];
}

function collectUses(world: CheckWorld): ReadonlyMap<Octets, Uses> {
  const uses = new Map<Octets, Uses>();
  for (const named of world.tables) {
    const known = uses.get(named.spec);
    uses.set(named.spec, { named, parameters: [...(known?.parameters ?? []), named.parameter] });
  }
  return uses;
}

function findUse(parameter: Octets, { spec }: NamedTable, world: CheckWorld): Use | undefined {
  const use = USES.get(parameter);
  if (use !== undefined || !/^smtpd_.*_restrictions$/.test(parameter)) return use;
  const words = splitItems(world.get(parameter));
  const before = words[words.indexOf(spec) - 1]?.toLowerCase();
  if (before === 'check_client_access') return 'client';
  return before === 'check_sender_access' || before === 'check_recipient_access' ? 'access' : undefined;
}

function findDead({ key }: TableHit, use: Use, parents: readonly Octets[]): DeadKey | undefined {
  const at = key.lastIndexOf('@');
  const domain = key.slice(at + 1);
  const isDotted = key.startsWith('.');
  if (domain.endsWith('.') && at >= 0)
    return { why: 'Domains are looked up without their last dot.', hint: `write ${key.slice(0, -1)}` };
  switch (use) {
    case 'domains':
      if (at >= 0) return { why: 'Domains alone are looked up in this table.', hint: `write ${domain}` };
      return isDotted
        ? { why: 'Only whole names are looked up in this table.', hint: 'write each subdomain on a line of its own' }
        : undefined;
    case 'transport':
      return at === 0
        ? { why: 'transport(5) looks addresses and domains up, never @domain.', hint: `write ${domain}` }
        : undefined;
    case 'virtual':
      return isDotted
        ? { why: 'Subdomains aren’t looked up in this table.', hint: 'write each subdomain on a line of its own' }
        : undefined;
    case 'address':
      if (isDotted)
        return {
          why: 'Subdomains aren’t looked up in this table.',
          hint: `write @ and each subdomain on a line of its own`,
        };
      return undefined;
    case 'access':
      if (at === 0)
        return { why: 'access(5) looks user@domain, domain and user@ up, never @domain.', hint: `write ${domain}` };
      return isDotted && parents.includes('smtpd_access_maps') ? toParent(key) : undefined;
    case 'client':
      return findDeadClient(key, parents);
  }
}

function findDeadClient(key: Octets, parents: readonly Octets[]): DeadKey | undefined {
  if (key.startsWith('.') && parents.includes('smtpd_access_maps')) return toParent(key);
  if (/^[0-9.]+\.$/.test(key))
    return { why: 'Networks are looked up without their last dot.', hint: `write ${key.slice(0, -1)}` };
  if (key.includes('/') && 'network' in parseNetwork(key)) {
    return {
      why: 'A network with its length is looked up in cidr: tables alone.',
      hint: 'name the file as cidr:, or write the first octets: 192.168',
    };
  }
  return undefined;
}

function toParent(key: Octets): DeadKey {
  return {
    why: 'parent_domain_matches_subdomains has smtpd_access_maps, so that example.com stands for its subdomains, and .example.com is never asked for.',
    hint: `write ${key.slice(1)}`,
  };
}

function toFinding(
  { key, source }: TableHit,
  { why, hint }: DeadKey,
  { spec, parameter }: { spec: Octets; parameter: Octets },
): Finding {
  return {
    severity: 'warning',
    code: 'table-key-never-asked',
    at: source,
    problem: `the entry ${key} of ${spec} never matches in ${parameter}`,
    why,
    hint,
  };
}
