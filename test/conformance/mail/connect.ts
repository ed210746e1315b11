// How a probe's client connects: what it sends before anything is read, and its TLS. @see Smtp in oracle/pforacle.py
import type { ConnectionOptions } from 'node:tls';
import type { ProbeTls, SessionProbe, SmtpProbe, Vector } from '../vector.ts';
import type { MailSystem } from './mail-system.ts';
import { openSmtpClient, type SmtpClient } from './smtp-client.ts';

/** Connects to the listener that a probe names, and sends the header of the PROXY protocol, if it has one. */
export async function connectClient(
  { port = 25, proxy, tls }: SmtpProbe | SessionProbe,
  system: MailSystem,
  vector: Vector,
): Promise<SmtpClient> {
  const client = openSmtpClient(system.findPort(port));
  if (proxy !== undefined) client.send(Buffer.from(proxy, 'latin1'));
  if (tls?.wrapper) await client.startTls(toTlsOptions(tls, vector));
  return client;
}

/** The oracle's words for OpenSSL, as Node has them. Certificates are files of the case. */
export function toTlsOptions(
  { cert, version = 'TLSv1_3', ciphers = 'DEFAULT:@SECLEVEL=0' }: ProbeTls,
  { config }: Vector,
): ConnectionOptions {
  const only = version === 'TLSv1_3' ? 'TLSv1.3' : 'TLSv1.2';
  const pem = cert === undefined ? undefined : config.files[cert];
  return {
    minVersion: only,
    maxVersion: only,
    // TLSv1.3 has ciphers of its own, which Node wants to be named, too.
    ...(only === 'TLSv1.2' && { ciphers }),
    ...(pem !== undefined && { key: pem, cert: pem }),
  };
}
