import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { SelfsignedOptions } from 'selfsigned';
import type { Clock } from '../../clock.ts';

/** A server's certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string;
  /** The certificate, then the authority's. */
  readonly chain: string;
  /** Of other algorithms, for clients that don't know this one's. */
  readonly others?: readonly Omit<Certificate, 'others'>[];
}

/** A certificate that an authority of our own has signed. */
export interface OwnCertificate extends Certificate {
  /** The authority's, as PEM: what a client is told to trust. */
  readonly authority: string;
}

/** Where a development certificate is kept, and for whom it is. */
export interface CertificateOptions {
  /** Undefined: it is made anew each time, and kept nowhere. */
  readonly directory: string | undefined;
  /** Names and addresses that clients connect to. */
  readonly names: readonly string[];
  readonly clock: Pick<Clock, 'nowMs'>;
}

interface KeyPair {
  readonly key: string;
  readonly certificate: string;
}

const DAY_MS = 86_400_000;
/** What authorities and clients of today accept of a server's certificate. */
const SERVER_DAYS = 397;
const AUTHORITY_DAYS = 3650;
/** One that ends sooner is made anew. */
const LEFT_DAYS = 30;

/**
 * The certificate for TLS in development: signed by an authority of this data directory alone, which a client may be
 * told to trust (`ca.pem`). Both are made when they are first needed, and the server's again when it is about to end or
 * another name is asked for. Keys are EC P-256, readable by their owner only.
 */
export async function provideCertificate(options: CertificateOptions): Promise<OwnCertificate> {
  const authority = await provideAuthority(options);
  const covers = (certificate: X509Certificate) =>
    certificate.verify(new X509Certificate(authority.certificate).publicKey) &&
    options.names.every((name) => isNamed(certificate, name));
  const server =
    (await readPair(options, 'server', covers)) ??
    (await keepPair(options, 'server', await makeServer(options, authority)));
  return {
    key: server.key,
    chain: `${server.certificate}\n${authority.certificate}`,
    authority: authority.certificate,
  };
}

/**
 * The certificate of the data directory's authority: what a client is told to trust. Made when it is first needed.
 * @returns `file` undefined if it is kept nowhere
 */
export async function provideAuthorityFile(
  options: Pick<CertificateOptions, 'directory' | 'clock'>,
): Promise<{ readonly pem: string; readonly file: string | undefined }> {
  const { certificate: pem } = await provideAuthority(options);
  return { pem, file: options.directory === undefined ? undefined : join(options.directory, 'ca.pem') };
}

async function provideAuthority(options: Pick<CertificateOptions, 'directory' | 'clock'>): Promise<KeyPair> {
  return (await readPair(options, 'ca', () => true)) ?? (await keepPair(options, 'ca', await makeAuthority(options)));
}

async function makeAuthority({ clock }: Pick<CertificateOptions, 'clock'>): Promise<KeyPair> {
  return generate('Postfixture development CA', {
    ...validFor(clock, AUTHORITY_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

async function makeServer({ clock, names }: CertificateOptions, authority: KeyPair): Promise<KeyPair> {
  return generate(names[0] ?? 'localhost', {
    ...validFor(clock, SERVER_DAYS),
    ca: { key: authority.key, cert: authority.certificate },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
}

async function generate(commonName: string, options: SelfsignedOptions): Promise<KeyPair> {
  // Loaded when it is needed: most servers never speak TLS.
  const { generate: make } = await import('selfsigned');
  const made = await make([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...options,
  });
  return { key: made.private, certificate: made.cert };
}

/** From yesterday on, since clocks differ. */
function validFor(clock: Pick<Clock, 'nowMs'>, days: number): { notBeforeDate: Date; notAfterDate: Date } {
  const nowMs = clock.nowMs();
  return { notBeforeDate: new Date(nowMs - DAY_MS), notAfterDate: new Date(nowMs + days * DAY_MS) };
}

/** @returns undefined if there is none that can be used */
async function readPair(
  { directory, clock }: Pick<CertificateOptions, 'directory' | 'clock'>,
  name: string,
  isUsable: (certificate: X509Certificate) => boolean,
): Promise<KeyPair | undefined> {
  if (directory === undefined) return undefined;
  try {
    const [key, certificate] = await Promise.all(
      [`${name}.key`, `${name}.pem`].map((file) => readFile(join(directory, file), 'utf8')),
    );
    if (key === undefined || certificate === undefined) return undefined;
    const parsed = new X509Certificate(certificate);
    const isLasting = Date.parse(parsed.validTo) > clock.nowMs() + LEFT_DAYS * DAY_MS;
    const isPair = parsed.checkPrivateKey(createPrivateKey(key));
    return isLasting && isPair && isUsable(parsed) ? { key, certificate } : undefined;
  } catch {
    // Missing, or not ours to read: another one is made, and where that can't be kept either, the caller hears of it.
    return undefined;
  }
}

async function keepPair(
  { directory }: Pick<CertificateOptions, 'directory'>,
  name: string,
  pair: KeyPair,
): Promise<KeyPair> {
  if (directory === undefined) return pair;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await replaceFile(join(directory, `${name}.key`), pair.key, 0o600);
  await replaceFile(join(directory, `${name}.pem`), pair.certificate, 0o644);
  return pair;
}

/** Whole or not at all. */
async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, text, { mode });
  await rename(unfinished, path);
}

function isNamed(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}
