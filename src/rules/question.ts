import type { DnsType } from './dns/dns.ts';
import type { Octets } from './octets.ts';
import type { TraceStep } from './trace.ts';

/** Something that rules can't know of themselves: plain data, so that it can be kept, compared, and asked again. */
export type Question = SqliteQuestion | PgsqlQuestion | SocketmapQuestion | DnsQuestion | PolicyQuestion;

/** A query to an SQLite database. @see sqlite_table(5) */
export interface SqliteQuestion {
  readonly kind: 'sqlite';
  /** The path as written. */
  readonly file: Octets;
  readonly query: Octets;
}

/** A query to a PostgreSQL database. @see pgsql_table(5) */
export interface PgsqlQuestion {
  readonly kind: 'pgsql';
  /** Where the database is; the first that answers will do. */
  readonly hosts: readonly PgsqlHost[];
  readonly user: Octets;
  readonly password: Octets;
  readonly dbname: Octets;
  readonly query: Octets;
}

/** One of the `hosts` of a pgsql table. */
export interface PgsqlHost {
  /** `unix`: `name` is the socket's directory. `inet`: a host. `uri`: a whole connection URI, which names the rest too. */
  readonly kind: 'unix' | 'inet' | 'uri';
  readonly name: Octets;
  /** Empty: 5432. */
  readonly port: Octets;
  /** As written, for messages. */
  readonly written: Octets;
}

/** A request to a socketmap server. @see socketmap_table(5) */
export interface SocketmapQuestion {
  readonly kind: 'socketmap';
  readonly server: ServerAddress;
  /** `NAME KEY`, not yet a netstring. */
  readonly request: Octets;
}

/** A question to the machine's DNS servers; a row of the answer is a record. */
export interface DnsQuestion {
  readonly kind: 'dns';
  readonly name: Octets;
  readonly type: DnsType;
}

/** A request to a policy server; the one column of the one row of the answer is the action. @see SMTPD_POLICY_README */
export interface PolicyQuestion {
  readonly kind: 'policy';
  /** Of a UNIX socket the whole path. */
  readonly server: ServerAddress;
  /** Name and value, in Postfix's order. */
  readonly attributes: readonly (readonly [name: Octets, value: Octets])[];
  /** The how manieth of equal requests about one command: each is asked anew, since the server may count. From 1. */
  readonly turn: number;
  /** How long one try may take. */
  readonly timeoutMs: number;
  /** How often it is tried. */
  readonly tryLimit: number;
  /** How long to wait before it is tried again. */
  readonly retryDelayMs: number;
}

/** Where a server listens. */
export type ServerAddress =
  | { readonly kind: 'unix'; readonly written: Octets }
  | {
      readonly kind: 'inet';
      /** Empty: this machine. */
      readonly host: Octets;
      readonly port: Octets;
      /** As written, for messages. */
      readonly written: Octets;
    };

/** One row of an answer: a database's columns, or the one text of a socketmap's reply. NULL is null. */
export type AnswerRow = readonly (Octets | null)[];

/** What came of a question. That nobody answered is an answer too: rules say what follows. */
export interface Answer {
  /** Absent if nobody answered. */
  readonly rows?: readonly AnswerRow[];
  /** What went wrong, also on the way to an answer. */
  readonly faults: readonly AnswerFault[];
}

/** What went wrong while a question was asked. */
export interface AnswerFault {
  /**
   * `refused`: it wasn't asked, since it would have left this machine. `open`, `prepare`, `step`: of a database file.
   * `resolve`, `connect`, `query`: of a server. `transfer`: the server's reply broke off or made no sense. `withheld`:
   * whoever decides asks no server that may remember it.
   */
  readonly stage: 'refused' | 'withheld' | 'open' | 'prepare' | 'step' | 'resolve' | 'connect' | 'query' | 'transfer';
  /** The host or file, as written. */
  readonly where: Octets;
  /** In the words of the database's library, or of strerror(3). */
  readonly message: Octets;
}

/** Answers that were kept for a later decision, by `toQuestionKey`. Plain data. */
export type RecordedAnswers = Readonly<Record<string, Answer>>;

/**
 * Answers a question from those in hand.
 * @throws {Unanswered} if the answer isn't there yet: whoever started the decision fetches it and starts again
 */
export type Ask = (question: Question) => Answer;

/**
 * A decision stands still until its question is answered. No rule catches this: it passes up to whoever started the
 * decision.
 */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code = 'UNANSWERED';
  readonly question: Question;

  constructor(question: Question) {
    super(`not answered yet: ${question.kind}`);
    this.question = question;
  }
}

/**
 * Names a question: of equal names, one answer will do. No password is in it, so that it may be kept; two tables that
 * differ by their password alone are one.
 */
export function toQuestionKey(question: Question): string {
  switch (question.kind) {
    case 'pgsql':
      return JSON.stringify(withoutPasswords(question));
    case 'policy':
      return toPolicyKey(question);
    default:
      return JSON.stringify(question);
  }
}

/** How a question and its answer show in a trace. */
export function toTraceStep(question: Question, { rows, faults }: Answer): TraceStep {
  const words = faults.map(({ stage, where, message }) => `${stage} ${hidePassword(where)}: ${message}`);
  return {
    stage: 'question',
    ...toSubject(question),
    result: rows === undefined ? null : rows.map((row) => row.map((column) => column ?? 'NULL').join(', ')).join('; '),
    ...(words.length === 0 ? {} : { note: words.join('; ') }),
  };
}

/** Takes the password out of a connection URI. */
export function hidePassword(host: Octets): Octets {
  const password = /^(\w+:\/\/[^/@?#]*?:)[^@/?#]*@/;
  return host.replace(password, '$1***@').replace(/([?&]password=)[^&]*/g, '$1***');
}

function toSubject(question: Question): Pick<TraceStep, 'table' | 'file' | 'key'> {
  switch (question.kind) {
    case 'sqlite':
      return { table: 'sqlite', file: question.file, key: question.query };
    case 'pgsql':
      return { table: 'pgsql', key: question.query };
    case 'socketmap':
      return { table: `socketmap:${question.server.written}`, key: question.request };
    case 'dns':
      return { table: 'dns', key: `${question.name} ${question.type}` };
    case 'policy':
      return {
        table: `policy:${question.server.written}`,
        key: question.attributes.map((pair) => pair.join('=')).join(' '),
      };
  }
}

function withoutPasswords({ hosts, ...question }: PgsqlQuestion): unknown {
  return {
    ...question,
    hosts: hosts.map((host) => ({ ...host, name: hidePassword(host.name), written: hidePassword(host.written) })),
    password: '',
  };
}

/** What names a message anew each time that it is asked about, or follows from the message itself. */
const NOT_IN_KEY: ReadonlySet<Octets> = new Set(['request', 'instance', 'size']);

/**
 * The request, but for what has no value: also as it was asked when the mail came, whoever asks now. What XCLIENT made of
 * a connection is a connection.
 */
function toPolicyKey({ kind, server, attributes, turn }: PolicyQuestion): string {
  const told = attributes.filter(([name, value]) => value !== '' && value !== '0' && !NOT_IN_KEY.has(name));
  const texts = told.map(([name, value]) => `${name}=${value === 'XCLIENT' ? 'CONNECT' : value}`);
  return JSON.stringify([kind, server.kind, server.written, ...texts, turn]);
}
