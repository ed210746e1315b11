import type { Certificate } from './certificate.ts';

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
    certificate: Certificate,
    options: { readonly dropped: () => void; readonly secured: (tls: TlsFacts, isResumed: boolean) => void },
  ): void;
}

/** What the two sides agreed on: `TLSv1.3`, `TLS_AES_256_GCM_SHA384`. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
}
