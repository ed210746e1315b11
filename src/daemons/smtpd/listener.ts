import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Accept } from '../cleanup/accept.ts';
import type { Certificate } from './certificate.ts';
import { openClientRates, type ClientRates } from './client-rates.ts';
import type { Decide, DecideContent } from './decide.ts';
import { openIntakeBudget, type IntakeBudget } from './intake-budget.ts';
import type { SmtpdRules } from './rules.ts';
import { SmtpdServer } from './server.ts';
import type { SmtpdStats, Surroundings } from './session.ts';
import type { FindCertificate } from './starttls.ts';

/** Where a service of master.cf listens, and how. */
export interface ListeningPlace {
  /** As in inet_interfaces: `loopback-only`, `all`, or addresses. */
  readonly interfaces: readonly string[];
  /** 0 takes a free one. */
  readonly port: number;
  /** With it, TLS begins with the first octet. */
  readonly certificate?: Certificate;
  /** LMTP is spoken. */
  readonly isLmtp?: boolean;
}

/** What an SMTP listener is made of. */
export interface SmtpdOptions {
  readonly place: ListeningPlace;
  /** The settings of its service as they are now; a session keeps those that it began with. */
  readonly currentSettings: () => Settings;
  readonly store: Pick<Store, 'newQueueId' | 'newSessionId' | 'journal'>;
  /** Keeps messages. */
  readonly accept: Accept;
  readonly clock: Clock;
  readonly log: Log;
  /** The service that listens, as master.cf has it: `25/inet`. */
  readonly service: string;
  /** What access rules are asked with. */
  readonly rules?: SmtpdRules;
  /** Refuses commands; without it everything is taken that is in order. */
  readonly decide?: Decide;
  /** Refuses messages, in strict mode. */
  readonly decideContent?: DecideContent;
  /** Finds the certificate for STARTTLS; without it there is no TLS. */
  readonly certificate?: FindCertificate;
  /** Shared with other listeners. */
  readonly budget?: IntakeBudget;
  /** Shared with other listeners. */
  readonly rates?: ClientRates;
}

/** A running SMTP listener. Disposing of it takes less than two seconds. */
export interface Smtpd extends AsyncDisposable {
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  /** The same at all addresses. */
  readonly port: number;
  stats(): SmtpdStats;
}

/** Content on its way in may take so much memory, over all sessions. */
export const INTAKE_BYTES = 256 * 1024 * 1024;
/** Port 0: how often to look for a port that is free at every address. */
const PORT_ATTEMPTS = 20;

/**
 * Opens an SMTP listener at every address of its place, on one port. Where the machine has no IPv6, the
 * addresses of IPv6 that `loopback-only` and `all` stand for are left out, with a line in the log.
 * @throws {Error} what the system said, with `code` (`EADDRINUSE`), `address` and `port`
 * @see smtpd(8)
 */
export async function openSmtpd(options: SmtpdOptions): Promise<Smtpd> {
  const { place, budget = openIntakeBudget(INTAKE_BYTES), rates = openClientRates(options), rules, ...rest } = options;
  const { log } = options;
  const stats = { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 };
  const { decide, decideContent, certificate } = options;
  const { isLmtp } = place;
  const surroundings = {
    ...rest,
    isLmtp,
    decide,
    decideContent,
    certificate,
    currentRules: rules,
    budget,
    rates,
    stats,
  };
  const { servers, addresses, port } = await listen(surroundings, place);
  log.info({ addresses }, 'smtpd listens');
  let stopped: Promise<unknown> | undefined;
  return {
    addresses,
    port,
    stats: () => ({ ...stats }),
    async [Symbol.asyncDispose]() {
      stopped ??= Promise.all(servers.map((server) => server.stop()));
      await stopped;
    },
  };
}

interface Listening {
  readonly servers: readonly SmtpdServer[];
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  readonly port: number;
}

async function listen(surroundings: Surroundings, place: ListeningPlace): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listenOnce(surroundings, place);
    } catch (error) {
      const taken = isSystemError(error) && error.code === 'EADDRINUSE';
      if (!taken || place.port !== 0 || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function listenOnce(surroundings: Surroundings, place: ListeningPlace): Promise<Listening> {
  const servers: SmtpdServer[] = [];
  const addresses: { readonly address: string; readonly port: number }[] = [];
  let { port } = place;
  try {
    for (const { address, optional } of toAddresses(place.interfaces)) {
      const server = new SmtpdServer(surroundings, place.certificate);
      try {
        port = await server.bind(address, port);
      } catch (error) {
        if (!optional || addresses.length === 0 || !isWithoutIpv6(error)) throw error;
        surroundings.log.info({ address, code: error.code }, 'this machine has no IPv6: not listening there');
        continue;
      }
      servers.push(server);
      addresses.push({ address, port });
    }
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
  if (servers.length === 0) throw new Error('inet_interfaces names no address: write loopback-only, all, or addresses');
  return { servers, addresses, port };
}

/** `optional`: not named by the user, and only there where the machine has IPv6. */
function toAddresses(
  interfaces: readonly string[],
): readonly { readonly address: string; readonly optional: boolean }[] {
  const addresses = new Map<string, boolean>();
  for (const name of interfaces) {
    if (name === 'loopback-only') addresses.set('127.0.0.1', false).set('::1', true);
    else if (name === 'all') addresses.set('0.0.0.0', false).set('::', true);
    else addresses.set(name.replace(/^\[(.*)\]$/, '$1'), false);
  }
  return [...addresses].map(([address, optional]) => ({ address, optional }));
}

function isWithoutIpv6(error: unknown): error is NodeJS.ErrnoException {
  return isSystemError(error) && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
