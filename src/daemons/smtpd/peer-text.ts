import { toClientText } from '../../rules/access/evaluation.ts';
import { fromOctets } from '../../rules/octets.ts';
import type { Session } from './session.ts';

/** How replies and the log name the client. */
export function toPeerText({ peer, rules }: Pick<Session, 'peer' | 'rules'>): string {
  return fromOctets(
    rules === undefined ? `${peer.name}[${peer.address}]` : toClientText({ client: peer, view: rules.view }),
  );
}
