import type { Octets } from '../octets.ts';

/** What a client's TLS came to: what access rules, policy servers and the Received header ask. */
export interface ClientTls {
  /** `TLSv1.3` */
  readonly protocol: Octets;
  /** As OpenSSL names it: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: Octets;
  /** Secret bits that are used. */
  readonly usedBits: number;
  /** Secret bits that the algorithm has. */
  readonly algorithmBits: number;
  /** `X25519`; empty below TLSv1.3, where the cipher says it. */
  readonly keyExchange: Octets;
  /** What the server signed with, and what the client did, if it has a certificate; undefined below TLSv1.3. */
  readonly serverSignature: TlsSignature | undefined;
  readonly clientSignature: TlsSignature | undefined;
  /** Whether the client was asked for a certificate. */
  readonly isCertificateAsked: boolean;
  /** Undefined: it has shown none. */
  readonly certificate: ClientCertificate | undefined;
}

/** A signature of the handshake. */
export interface TlsSignature {
  /** `RSA-PSS (2048 bits)`, `ECDSA (prime256v1)` */
  readonly key: Octets;
  /** `SHA256`; empty if the algorithm has its own. */
  readonly digest: Octets;
}

/** A client's certificate. Policy servers are told its subject and issuer only if it is trusted. */
export interface ClientCertificate {
  /** The common name; empty if there is none. */
  readonly subject: Octets;
  /** The issuer's common name, else its organization. */
  readonly issuer: Octets;
  /** Of the certificate, by smtpd_tls_fingerprint_digest: `12:AB:…`. */
  readonly fingerprint: Octets;
  /** Of its public key, likewise. */
  readonly publicKeyFingerprint: Octets;
  /** Whether an authority of smtpd_tls_CAfile or smtpd_tls_CApath vouches for it. */
  readonly isTrusted: boolean;
}
