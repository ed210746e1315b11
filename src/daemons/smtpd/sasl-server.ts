import type { NetConnectOpts } from 'node:net';
import { mayAsk } from '../../rules/config/may-ask.ts';
import { fromOctets } from '../../rules/octets.ts';
import { parseServerAddress, resolveSocket } from '../../rules/tables/server-address.ts';
import { connectDovecot, type DovecotAuth, type OfferedMechanism } from './dovecot-auth.ts';
import type { Session } from './session.ts';

/** As long as Postfix waits for the server. */
const TIME_LIMIT_MS = 10_000;

/** What Postfix's words for what a mechanism mustn't be stand for. @see postconf(5), smtpd_sasl_security_options */
const FORBIDDEN_PROPERTIES: Readonly<Record<string, string>> = {
  noplaintext: 'plaintext',
  noactive: 'active',
  nodictionary: 'dictionary',
  noanonymous: 'anonymous',
};
const NEEDED_PROPERTIES: Readonly<Record<string, string>> = {
  forward_secrecy: 'forward-secrecy',
  mutual_auth: 'mutual-auth',
};
/** Our own tell the password. A token isn't one. */
const PLAINTEXT = ['PLAIN', 'LOGIN'];

/**
 * Dovecot's authentication server, where smtpd_sasl_type names it and no catch_sasl_passwd stands in for it. Opened at
 * the first need of a session, and asked on this machine, or where catch_lookup_allow says.
 * @returns undefined: logins are decided here; also where the server isn't there, which the session then says
 */
export function findDovecot(session: Session): Promise<DovecotAuth | undefined> | undefined {
  const { rules, settings } = session;
  if (rules?.view.get('smtpd_sasl_type') !== 'dovecot' || settings.get('catch_sasl_passwd') !== '') return undefined;
  session.dovecot ??= openDovecot(session);
  return session.dovecot;
}

async function openDovecot(session: Session): Promise<DovecotAuth | undefined> {
  const { dialogue, clock, signal } = session;
  const target = findTarget(session);
  if (typeof target === 'string') {
    dialogue.note(`${target}: any login will do`);
    return undefined;
  }
  const tooLate = new AbortController();
  const timer = clock.setTimer(TIME_LIMIT_MS, () => tooLate.abort());
  try {
    return await connectDovecot(target, { signal: AbortSignal.any([signal, tooLate.signal]) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    dialogue.note(`Dovecot’s authentication server can’t be asked (${why}): any login will do`);
    return undefined;
  } finally {
    timer[Symbol.dispose]();
  }
}

/** @returns why nobody is asked */
function findTarget({ rules, settings }: Session): NetConnectOpts | string {
  const path = rules?.view.get('smtpd_sasl_path') ?? '';
  const server = parseServerAddress(/^(?:inet|unix):/.test(path) ? path : `unix:${path}`);
  if ('fault' in server) return server.fault;
  if (server.kind === 'unix') {
    const { written } = resolveSocket(server, rules?.view.get('queue_directory') ?? '');
    return { path: settings.configuration.locate(fromOctets(written)) };
  }
  const host = fromOctets(server.host);
  return mayAsk(host, server.port, settings.get('catch_lookup_allow'))
    ? { host: host === '' ? 'localhost' : host, port: Number(server.port) }
    : `the authentication server ${path} isn’t on this machine, and catch_lookup_allow doesn’t name it`;
}

/** What a client may log in by now, in capitals: in clear or within TLS. Stays synchronous where no server is asked. */
export function findMechanisms(session: Session): readonly string[] | Promise<readonly string[]> {
  return (
    findDovecot(session)?.then((dovecot) => listMechanisms(session, dovecot)) ?? listMechanisms(session, undefined)
  );
}

/** @param dovecot undefined: logins are decided here */
export function listMechanisms(session: Session, dovecot: DovecotAuth | undefined): readonly string[] {
  const { rules, settings, peer } = session;
  const options =
    rules?.view.words(peer.isEncrypted ? 'smtpd_sasl_tls_security_options' : 'smtpd_sasl_security_options') ?? [];
  const all = dovecot?.mechanisms ?? settings.get('catch_sasl_mechanisms').map(toOwnMechanism);
  return all.filter((mechanism) => isAllowed(mechanism, options)).map(({ name }) => name.toUpperCase());
}

function toOwnMechanism(name: string): OfferedMechanism {
  return { name, properties: PLAINTEXT.includes(name.toUpperCase()) ? ['plaintext'] : [] };
}

function isAllowed({ properties }: OfferedMechanism, options: readonly string[]): boolean {
  if (properties.includes('private')) return false;
  return options.every((option) => {
    const word = option.toLowerCase();
    const forbidden = FORBIDDEN_PROPERTIES[word];
    const needed = NEEDED_PROPERTIES[word];
    if (forbidden !== undefined && properties.includes(forbidden)) return false;
    return needed === undefined || properties.includes(needed);
  });
}
