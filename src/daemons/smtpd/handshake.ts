import type { X509Certificate} from 'node:crypto';
import { createHash, getHashes, type KeyObject } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { ClientCertificate, ClientTls, TlsSignature } from '../../rules/access/client-tls.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import type { TlsOffer } from './tls-offer.ts';

/** Reads what a handshake came to. */
export function readClientTls(socket: TLSSocket, { asksCertificate, digest }: TlsOffer['terms']): ClientTls {
  const protocol = socket.getProtocol() ?? '';
  const cipher = socket.getCipher().name;
  const peer = asksCertificate ? socket.getPeerX509Certificate() : undefined;
  const ours = socket.getX509Certificate();
  const signs = protocol === 'TLSv1.3';
  const [usedBits, algorithmBits] = readBits(cipher);
  const schemes = socket.getSharedSigalgs();
  return {
    protocol,
    cipher,
    usedBits,
    algorithmBits,
    // QUIRK: Node doesn't tell a server. This is what tls_eecdh_auto_curves comes to with every client that has it.
    keyExchange: signs ? 'X25519' : '',
    serverSignature: signs && ours ? toSignature(ours.publicKey, schemes) : undefined,
    clientSignature: signs && peer ? toSignature(peer.publicKey, schemes) : undefined,
    isCertificateAsked: asksCertificate,
    certificate: peer && toClientCertificate(peer, { socket, digest }),
  };
}

/** A few words for people. */
export function describeTls({ protocol, cipher, certificate, isCertificateAsked }: ClientTls): string {
  const agreed = `TLS: ${protocol}, ${cipher}`;
  if (certificate === undefined) return isCertificateAsked ? `${agreed}, no client certificate` : agreed;
  const { subject, fingerprint, isTrusted } = certificate;
  return `${agreed}, client certificate of "${subject}" (${isTrusted ? 'trusted' : 'not trusted'}), ${fingerprint}`;
}

/** As OpenSSL has them, by the cipher's name. Only Triple DES uses less than it has. */
function readBits(cipher: string): readonly [used: number, algorithm: number] {
  if (/DES-CBC3|3DES/.test(cipher)) return [112, 168];
  if (/NULL/.test(cipher)) return [0, 0];
  const bits = /(?:AES|CAMELLIA|ARIA)_?(128|256)/.exec(cipher)?.[1];
  if (bits !== undefined) return [Number(bits), Number(bits)];
  return /CHACHA20/.test(cipher) ? [256, 256] : [128, 128];
}

/** @param schemes those that both sides know, as Node writes them: `RSA-PSS+SHA256`; the first that fits is taken */
function toSignature(key: KeyObject, schemes: readonly string[]): TlsSignature {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details = {} } = key;
  if (type === 'rsa' || type === 'rsa-pss') {
    return { key: `RSA-PSS (${details.modulusLength ?? 0} bits)`, digest: findDigest(schemes, /^RSA-PSS/i) };
  }
  if (type !== 'ec') return { key: type.toUpperCase(), digest: '' };
  return { key: `ECDSA (${details.namedCurve ?? ''})`, digest: findDigest(schemes, /^ECDSA/i) };
}

function findDigest(schemes: readonly string[], kind: RegExp): Octets {
  return schemes.find((scheme) => kind.test(scheme))?.split('+')[1] ?? '';
}

function toClientCertificate(
  peer: X509Certificate,
  { socket, digest }: { readonly socket: TLSSocket; readonly digest: string },
): ClientCertificate {
  const { subject, issuer } = socket.getPeerCertificate(true) as Partial<DetailedPeerCertificate>;
  const key = peer.publicKey.export({ type: 'spki', format: 'der' });
  return {
    subject: toName(subject?.CN),
    issuer: toName(issuer?.CN ?? issuer?.O),
    fingerprint: toFingerprint(peer.raw, digest),
    publicKeyFingerprint: toFingerprint(key, digest),
    isTrusted: socket.authorized,
  };
}

/** Of several names Node makes a list, whatever its types say. */
function toName(name: unknown): Octets {
  const [first] = Array.isArray(name) ? (name as readonly unknown[]) : [name];
  return typeof first === 'string' ? toOctets(first) : '';
}

function toFingerprint(octets: Uint8Array, digest: string): Octets {
  const known = getHashes().includes(digest) ? digest : 'sha256';
  const hex = createHash(known).update(octets).digest('hex').toUpperCase();
  return hex.replaceAll(/(?<=..)(?=(?:..)+$)/g, ':');
}
