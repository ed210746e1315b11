import type { ClientBase, Pool, PoolConfig } from 'pg';
import { fromOctets } from '../rules/octets.ts';
import { toQuestionKey, type Answer, type AnswerFault, type PgsqlHost, type PgsqlQuestion } from '../rules/question.ts';
import type { Answerer } from './answer.ts';
import { mayAsk } from '../rules/config/may-ask.ts';
import { describeConnectFault, describeQueryFault, readRows } from './pgsql-words.ts';

/** Debian's, which libpq takes where no directory is named. */
const SOCKET_DIRECTORY = '/var/run/postgresql';
const PORT = 5432;

/** As long as Postfix keeps a connection that it doesn't use. */
const IDLE_MS = 60_000;

/** Asks PostgreSQL servers. Connections are kept for the next question. */
export interface PgsqlAnswerer {
  readonly answer: Answerer<PgsqlQuestion>;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** What an answerer knows of the world. */
export interface PgsqlOptions {
  /** catch_lookup_allow. */
  readonly allow: () => readonly string[];
  /** Where a path that a configuration names is found. */
  readonly mapPath: (path: string) => string;
  /** For a connection, and for a query. */
  readonly timeoutMs: number;
}

/** A server, and where its connections are. */
interface Target {
  readonly config: PoolConfig;
  /** Names the pool. */
  readonly key: string;
}

/**
 * Asks the hosts one after the other until one answers. Sessions are read-only: a query of a table changes nothing,
 * though production's may. The driver is loaded with the first question.
 */
export function createPgsqlAnswerer(options: PgsqlOptions): PgsqlAnswerer {
  const pools = new Map<string, Pool>();
  const prepared = new WeakSet<ClientBase>();
  const ask = async (host: PgsqlHost, question: PgsqlQuestion, signal: AbortSignal): Promise<Answer> => {
    const { default: pg } = await import('pg');
    const { config, key } = toTarget(host, question, options);
    // The driver reads URIs; what it found in one is asked about before anything is connected.
    const probe = new pg.Client(config);
    if (!isHere(probe.host, probe.port, options.allow())) return toFailure('refused', host, 'not asked');
    const pool = pools.get(key) ?? new pg.Pool(config);
    if (!pools.has(key)) {
      pools.set(key, pool);
      // A connection that breaks while nobody uses it is replaced with the next question.
      pool.on('error', () => undefined);
    }
    return await query(pool, question.query, { host, probe, prepared, timeoutMs: options.timeoutMs, signal });
  };
  return {
    answer: async (question, { signal }) => {
      const faults: AnswerFault[] = [];
      for (const host of question.hosts) {
        signal.throwIfAborted();
        const answer = await ask(host, question, signal);
        faults.push(...answer.faults);
        if (answer.rows !== undefined) return { rows: answer.rows, faults };
      }
      return { faults };
    },
    close: async () => {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.end()));
    },
  };
}

function toTarget(host: PgsqlHost, question: PgsqlQuestion, { mapPath, timeoutMs }: PgsqlOptions): Target {
  const common: PoolConfig = {
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    max: 4,
    // Every column as the server writes it.
    types: { getTypeParser: () => (text: unknown) => text },
  };
  const key = `${toQuestionKey({ ...question, hosts: [host], query: '' })} ${question.password} ${host.name}`;
  if (host.kind === 'uri') return { config: { ...common, connectionString: fromOctets(host.name) }, key };
  const name = fromOctets(host.name);
  return {
    key,
    config: {
      ...common,
      host: host.kind === 'unix' ? mapPath(name === '' ? SOCKET_DIRECTORY : name) : name,
      port: host.port === '' ? PORT : Number(host.port),
      database: fromOctets(question.dbname),
      ...(question.user === '' ? {} : { user: fromOctets(question.user) }),
      ...(question.password === '' ? {} : { password: fromOctets(question.password) }),
    },
  };
}

function isHere(host: string, port: number, allow: readonly string[]): boolean {
  return host.startsWith('/') || mayAsk(host, port, allow);
}

/** @throws the signal's reason */
async function query(
  pool: Pool,
  text: string,
  {
    host,
    probe,
    prepared,
    timeoutMs,
    signal,
  }: {
    readonly host: PgsqlHost;
    readonly probe: { readonly host: string; readonly port: number };
    readonly prepared: WeakSet<ClientBase>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Answer> {
  if (!/^[0-9]*$/.test(host.port)) {
    return toFailure('connect', host, `invalid integer value "${host.port}" for connection option "port"`);
  }
  const connected = await pool.connect().catch((error: unknown) => describeConnectFault(error, probe));
  if (typeof connected === 'string') return toFailure('connect', host, connected);
  const cancel = (): void => connected.release(true);
  signal.addEventListener('abort', cancel, { once: true });
  let isBroken = true;
  try {
    if (!prepared.has(connected)) {
      await connected.query(
        `SET standard_conforming_strings = on; SET default_transaction_read_only = on; SET statement_timeout = ${timeoutMs}`,
      );
      prepared.add(connected);
    }
    const results: unknown = await connected.query({ text, rowMode: 'array' });
    isBroken = false;
    return readRows(results, host.written);
  } catch (error) {
    signal.throwIfAborted();
    const { words, isFromServer } = describeQueryFault(error, text);
    isBroken = !isFromServer;
    return toFailure('query', host, words);
  } finally {
    signal.removeEventListener('abort', cancel);
    if (!signal.aborted) connected.release(isBroken);
  }
}

function toFailure(stage: AnswerFault['stage'], { written }: PgsqlHost, message: string): Answer {
  return { faults: [{ stage, where: written, message }] };
}
