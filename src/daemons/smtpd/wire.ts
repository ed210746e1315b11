import type { ClientTls } from '../../rules/access/client-tls.ts';
import type { TlsOffer } from './tls-offer.ts';

/** The way back to the client. */
export interface Wire {
  /** @returns false: the client doesn't read; wait with {@link whenDrained} before more is written */
  write(text: string): boolean;
  whenDrained(callback: () => void): void;
  /** Closes, once everything is written. */
  hangUp(): void;
  /**
   * Goes on in TLS.
   * @param dropped called once what came before has been thrown away
   * @param secured called once the client has agreed; if it doesn't, the connection ends. `isResumed`: to a TLS session
   *   that it had before
   */
  startTls(
    offer: TlsOffer,
    options: { readonly dropped: () => void; readonly secured: (tls: ClientTls, isResumed: boolean) => void },
  ): void;
}
