import { isLoopback, parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import { toDefaultNetworks } from './default-networks.ts';
import { FatalError } from './fatal-error.ts';
import { toDefaultDomain, toDefaultHostName, type MachineFacts } from './machine-facts.ts';
import type { PostfixParameters } from './postfix-parameters.ts';

/** What the defaults of parameters are made of. */
export interface DefaultSources {
  readonly parameters: PostfixParameters;
  /** What main.cf sets. */
  readonly values: ReadonlyMap<Octets, Octets>;
  readonly machine: MachineFacts;
  /** The text of /etc/hosts, if it can be read. */
  readonly hosts: Octets | undefined;
  /**
   * Expands `$name` with what main.cf sets alone, as Postfix does before it has set the defaults.
   * @throws {FatalError}
   */
  readonly expandSet: (text: Octets) => Octets;
  /** Expands `$name` with defaults, too. @throws {FatalError} */
  expand(text: Octets): Octets;
}

/**
 * The text that a parameter has unless it is set, `$name` not expanded.
 * @returns undefined if Postfix has no such parameter
 * @throws {FatalError} in Postfix's words, if `mynetworks` can't be made of the other settings
 */
export function findDefaultValue(name: Octets, sources: DefaultSources): Octets | undefined {
  switch (name) {
    case 'myhostname':
      return defaultHostName(sources);
    case 'mydomain':
      return toDefaultDomain(findSet('myhostname', sources) ?? defaultHostName(sources));
    case 'mynetworks':
      return defaultNetworks(sources);
    case 'process_name':
      return sources.machine.processName;
    case 'process_id':
      return String(sources.machine.processId);
    default:
      return sources.parameters.get(name)?.default;
  }
}

function defaultHostName(sources: DefaultSources): Octets {
  return toDefaultHostName(sources.machine, findSet('mydomain', sources));
}

function findSet(name: Octets, { values, expandSet }: DefaultSources): Octets | undefined {
  const value = values.get(name);
  return value === undefined ? undefined : expandSet(value);
}

function defaultNetworks(sources: DefaultSources): Octets {
  const read = (name: Octets): Octets =>
    findSet(name, sources) ?? sources.expand(sources.parameters.get(name)?.default ?? '');
  const networks = toDefaultNetworks(
    {
      mynetworks_style: read('mynetworks_style'),
      inet_interfaces: read('inet_interfaces'),
      inet_protocols: read('inet_protocols'),
    },
    { addresses: sources.machine.addresses, resolve: (host) => resolveHost(host, sources) },
  );
  if (typeof networks === 'string') return networks;
  throw new FatalError({
    severity: 'error',
    code: 'no-default-networks',
    at: { file: 'main.cf' },
    problem: networks.fatal,
    why: 'The default of mynetworks is made of it.',
    hint: 'correct the parameter, or set mynetworks',
    postfixLine: `fatal: ${networks.fatal}`,
  });
}

/**
 * The addresses of a host, by /etc/hosts. The machine's own names stand for all its addresses, since production's name
 * is nowhere to be found on the machine that its configuration is tried on.
 */
function resolveHost(host: Octets, sources: DefaultSources): readonly string[] {
  const folded = host.toLowerCase();
  const listed = (sources.hosts ?? '').split('\n').flatMap((line) => {
    const [address = '', ...names] = line
      .replace(/#.*/s, '')
      .trim()
      .split(/[ \t\r]+/);
    return names.some((name) => name.toLowerCase() === folded) ? [address] : [];
  });
  if (listed.length > 0) return listed;
  if (folded === 'localhost') return ['127.0.0.1'];
  const own = [sources.machine.hostName, findSet('myhostname', sources) ?? defaultHostName(sources)];
  if (!own.some((name) => name.toLowerCase() === folded)) return [];
  return sources.machine.addresses.flatMap((written) => {
    const [text = ''] = written.split('/');
    const address = parseIpAddress(text);
    return address && !isLoopback(address) ? [text] : [];
  });
}
