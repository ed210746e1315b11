/** Mail that nobody sent: what would become of it is asked. Its texts are a person's, not octets yet. */
export interface AskedMail {
  /** Empty for the null sender. */
  readonly from: string;
  readonly to: readonly string[];
  /** The client's IP address. @default that of this machine */
  readonly client?: string;
  /** SASL login. */
  readonly login?: string;
  readonly isEncrypted?: boolean;
  /** By which service of master.cf it comes: `587`, `submission`, `smtps`. @default the one at port 25 */
  readonly service?: string;
  /** The content, in octets; a few lines by default. */
  readonly message?: Uint8Array;
}

/** Something can't be asked so: its message says why. */
export class AskError extends Error {
  override readonly name = 'AskError';
  readonly code = 'BAD_QUESTION';
}
