import { isInterfaceAddress } from '../address/local-domain.ts';
import { openHostList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import { toMaps } from '../tables/maps.ts';
import type { RewriteContext } from '../trivial-rewrite/rewrite.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld, View } from '../world.ts';
import type { AccessClient } from './client.ts';

/** Whose mail it is. */
export interface RewriteClient {
  readonly client: Pick<AccessClient, 'name' | 'address' | 'socketAddress'>;
  /** SASL login, or empty. */
  readonly login: Octets;
}

/**
 * Whether headers of a client's mail are rewritten as those of local mail: local_header_rewrite_clients says so. A table
 * that has no answer knows nobody.
 * @see postconf(5), local_header_rewrite_clients; Postfix's smtpd_check.c, smtpd_check_rewrite
 */
export function findRewriteContext(
  { client, login }: RewriteClient,
  { world, service }: { readonly world: RuleWorld; readonly service: Octets },
): RewriteContext {
  const view = world.view(service);
  const isLocal = view.words('local_header_rewrite_clients').some((word) => {
    switch (word.toLowerCase()) {
      case 'permit_inet_interfaces':
        return isInterfaceAddress(client.socketAddress, { world, view });
      case 'permit_mynetworks':
        return has(() => openHostList('mynetworks', view, world).has(client, { stage: 'smtpd', steps: [] }));
      case 'permit_sasl_authenticated':
        return login !== '' && view.isYes('smtpd_sasl_auth_enable');
      default:
        // A table, with or without check_address_map before it.
        return word.includes(':') && isInTable(word, client.address, { world, view });
    }
  });
  return isLocal ? 'local' : 'remote';
}

function isInTable(
  spec: Octets,
  address: Octets,
  { world, view }: { readonly world: RuleWorld; readonly view: View },
): boolean {
  const parameter = 'local_header_rewrite_clients';
  const steps: TraceStep[] = [];
  const maps = toMaps(parameter, [world.openTable(spec, view.placeOf(parameter))]);
  return has(() => maps.find(address, { stage: 'smtpd', steps }) !== undefined);
}

function has(ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (error instanceof LookupError) return false;
    throw error;
  }
}
