import { isInterfaceAddress } from '../address/local-domain.ts';
import { openHostList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld, View } from '../world.ts';
import type { AccessClient } from './client.ts';

const PARAMETER = 'local_header_rewrite_clients';

/** Whose headers are rewritten, and by whom it is asked. */
export interface RewriteQuestion {
  readonly client: AccessClient;
  /** SASL login, or empty. */
  readonly login: Octets;
  readonly world: RuleWorld;
  /** The listener's. */
  readonly view: View;
  /** Gets what was asked. */
  readonly steps: TraceStep[];
}

/**
 * Whether headers are rewritten as those of a local client: completed with myorigin and mydomain, and canonical. Those of
 * others are left alone, but for what remote_header_rewrite_domain asks.
 * @see postconf(5), local_header_rewrite_clients
 */
export function findRewriteContext(question: RewriteQuestion): 'local' | 'remote' {
  const { view } = question;
  const words = view.words(PARAMETER);
  return words.some((word) => isMatch(word, question)) ? 'local' : 'remote';
}

function isMatch(word: Octets, { client, login, world, view, steps }: RewriteQuestion): boolean {
  if (word.includes(':')) return isInTable(word, { client, login, world, view, steps });
  switch (word.toLowerCase()) {
    case 'permit_inet_interfaces':
      return isInterfaceAddress(client.socketAddress, { world, view });
    case 'permit_mynetworks':
      return openHostList('mynetworks', view, world).has(
        { name: client.name, address: client.address },
        { stage: 'smtpd', steps },
      );
    case 'permit_sasl_authenticated':
      return login !== '';
    default:
      // check_address_map is understood where a table stands; the others ask for certificates, which nobody has shown.
      return false;
  }
}

function isInTable(spec: Octets, { client, world, view, steps }: RewriteQuestion): boolean {
  const table = world.openTable(spec, view.placeOf(PARAMETER));
  try {
    const hit = table.lookup(client.address);
    steps.push({
      stage: 'smtpd',
      parameter: PARAMETER,
      table: spec,
      key: client.address,
      result: hit?.value ?? null,
      ...hit?.source,
    });
    return hit !== undefined;
  } catch (error) {
    if (error instanceof LookupError) return false;
    throw error;
  }
}
