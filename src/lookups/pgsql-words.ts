import { toOctets, type Octets } from '../rules/octets.ts';
import type { Answer, AnswerRow } from '../rules/question.ts';
import { describeNetworkError, isUnknownHost } from './network-error.ts';

/** An error as the server sends it. @see PostgreSQL's protocol, "Error and Notice Message Fields" */
interface ServerError extends Error {
  readonly severity: string;
  readonly detail?: string;
  readonly hint?: string;
  /** In characters, from 1. */
  readonly position?: string;
}

/** Of an excerpt of a query, in a message. */
const MAX_EXCERPT = 60;

/** Why a server can't be reached, in libpq's words. */
export function describeConnectFault(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  if (isUnknownHost(error)) return `could not translate host name "${host}" to address: Name or service not known`;
  const isSocket = host.startsWith('/');
  const server = isSocket
    ? `connection to server on socket "${host}/.s.PGSQL.${port}" failed`
    : `connection to server at "${host}"${formatAddress(error, host)}, port ${port} failed`;
  if (isServerError(error)) return `${server}: ${error.severity}:  ${toOctets(error.message)}`;
  const words = describeNetworkError(error);
  const question = isSocket
    ? 'Is the server running locally and accepting connections on that socket?'
    : 'Is the server running on that host and accepting TCP/IP connections?';
  const isAbsent = words === 'Connection refused' || words === 'No such file or directory';
  return `${server}: ${words}${isAbsent ? `\n\t${question}` : ''}`;
}

/** Why a query failed, in libpq's words, and whether the server is still there. */
export function describeQueryFault(
  error: unknown,
  query: Octets,
): { readonly words: string; readonly isFromServer: boolean } {
  if (!isServerError(error)) return { words: describeNetworkError(error), isFromServer: false };
  const { severity, message, detail, hint, position } = error;
  const lines = [`${severity}:  ${toOctets(message)}`];
  if (position !== undefined) lines.push(...pointAt(query, Number(position)));
  if (detail !== undefined) lines.push(`DETAIL:  ${toOctets(detail)}`);
  if (hint !== undefined) lines.push(`HINT:  ${toOctets(hint)}`);
  return { words: lines.join('\n'), isFromServer: true };
}

/** The rows of the last statement, which is what PQexec(3) gives. */
export function readRows(results: unknown, where: Octets): Answer {
  const last: unknown = Array.isArray(results) ? results.at(-1) : results;
  const { rows } = last as { readonly rows: readonly (readonly (string | null)[])[] };
  const foreign = rows.flat().find((column) => column !== null && /[^\0-\xff]/u.test(column));
  if (foreign === undefined || foreign === null) return { rows: rows satisfies readonly AnswerRow[], faults: [] };
  const [character = ''] = /[^\0-\xff]/u.exec(foreign) ?? [];
  const octets = Array.from(Buffer.from(character), (octet) => `0x${octet.toString(16).padStart(2, '0')}`);
  // QUIRK: Postfix 3.7 speaks LATIN1 with the server, whatever the database holds: each character is one octet, and
  // what LATIN1 doesn't have can't be sent.
  const message = `ERROR:  character with byte sequence ${octets.join(' ')} in encoding "UTF8" has no equivalent in encoding "LATIN1"`;
  return { faults: [{ stage: 'query', where, message }] };
}

/** The line of the query with the mistake, and a mark below it; nothing where the line is too long to show whole. */
function pointAt(query: Octets, position: number): readonly string[] {
  const before = query.slice(0, position - 1).split('\n');
  const line = query.split('\n')[before.length - 1] ?? '';
  const label = `LINE ${before.length}: `;
  if (line.length > MAX_EXCERPT) return [];
  return [`${label}${line}`, `${' '.repeat(label.length + (before.at(-1)?.length ?? 0))}^`];
}

function formatAddress(error: unknown, host: string): string {
  const one: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  const address = one instanceof Error && 'address' in one && typeof one.address === 'string' ? one.address : host;
  return address === host ? '' : ` (${address})`;
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && typeof error.severity === 'string';
}
