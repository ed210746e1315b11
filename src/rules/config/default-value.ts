import { isLoopback, parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import { chooseInterfaces, toDefaultNetworks, type NetworkFacts } from './default-networks.ts';
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
  readonly readHosts: () => Octets | undefined;
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
    toNetworkFacts(sources),
  );
  if (typeof networks === 'string') return networks;
  throw toNetworkFault(networks.fatal, 'correct the parameter, or set mynetworks');
}

/**
 * Looks for the interfaces that `inet_interfaces` names.
 * @throws {FatalError} in Postfix's words, if one isn't there
 */
export function checkInterfaces(sources: DefaultSources): void {
  const [wanted = '', protocols = ''] = ['inet_interfaces', 'inet_protocols'].map((name) =>
    sources.expand(sources.values.get(name) ?? sources.parameters.get(name)?.default ?? ''),
  );
  const chosen = chooseInterfaces({ wanted, protocols }, toNetworkFacts(sources));
  if ('fatal' in chosen) throw toNetworkFault(chosen.fatal, 'name addresses of this machine, all or loopback-only');
}

function toNetworkFacts(sources: DefaultSources): NetworkFacts {
  return { addresses: sources.machine.addresses, resolve: (host) => resolveHost(host, sources) };
}

function toNetworkFault(problem: Octets, hint: string): FatalError {
  return new FatalError({
    severity: 'error',
    code: 'bad-network-parameter',
    at: { file: 'main.cf' },
    problem,
    why: 'Postfix does not know which addresses are its own.',
    hint,
    postfixLine: `fatal: ${problem}`,
  });
}

/**
 * The addresses of a host, by /etc/hosts. The machine's own names stand for all its addresses, since production's name
 * is nowhere to be found on the machine that its configuration is tried on.
 */
function resolveHost(host: Octets, sources: DefaultSources): readonly string[] {
  const folded = host.toLowerCase();
  const listed = (sources.readHosts() ?? '').split('\n').flatMap((line) => {
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
