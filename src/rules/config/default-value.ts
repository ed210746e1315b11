import type { Octets } from '../octets.ts';
import { chooseInterfaces, toDefaultNetworks, type NetworkFacts } from './default-networks.ts';
import { FatalError } from './fatal-error.ts';
import { findHostAddresses } from './host-addresses.ts';
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
  const { addresses, hostName } = sources.machine;
  return {
    addresses,
    resolve: (host) =>
      findHostAddresses(host, {
        hosts: sources.readHosts() ?? '',
        ownNames: [hostName, findSet('myhostname', sources) ?? defaultHostName(sources)],
        addresses,
      }),
  };
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
