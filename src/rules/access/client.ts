import type { Octets } from '../octets.ts';
import type { ClientFacts } from '../qmgr/queued-message.ts';
import type { ClientTls } from './client-tls.ts';

/**
 * What came of looking a client's name up. `none`: there is none. `tempfail`: it may be found later. `not asked`: nobody
 * looked, so that nothing follows from it.
 */
export type NameStatus = 'ok' | 'none' | 'tempfail' | 'not asked';

/** Who connected, as access rules see it. */
export interface AccessClient extends Omit<ClientFacts, 'helo' | 'protocol'> {
  readonly nameStatus: NameStatus;
  readonly reverseNameStatus: NameStatus;
  /** Where the connection is from, whoever XCLIENT plays. */
  readonly socketAddress: string;
  /** Whether TLS is on. */
  readonly isEncrypted: boolean;
  /** What its TLS came to; absent: it speaks none, or nothing more is known of it. */
  readonly tls?: ClientTls;
  /** What the client connected to: one of the server's addresses, and the port that Postfix would listen at. */
  readonly serverAddress?: Octets;
  readonly serverPort?: Octets;
}
