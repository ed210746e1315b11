import { toPrintable, type Octets } from '../octets.ts';
import type { AnswerFault, ServerAddress } from '../question.ts';
import { LookupError, type LookupTable } from './lookup-table.ts';
import { reportFault } from './report-fault.ts';
import { parseServerAddress } from './server-address.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/** The words a server begins its reply with, and what Postfix calls them. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ['TEMP', 'temporary'],
  ['TIMEOUT', 'timeout'],
  ['PERM', 'permanent'],
]);

const LEFT_OVER = 'Operation now in progress';

/**
 * Opens `socketmap:inet:HOST:PORT:NAME` or `socketmap:unix:PATH:NAME`: a server is asked for each key.
 * @throws {TableOpenError} if the name isn't of this form
 * @see socketmap_table(5); Postfix's dict_sockmap(3)
 */
export function openSocketmapTable(name: Octets, opening: TableOpening): LookupTable {
  const { world, at } = opening;
  const spec = `socketmap:${name}`;
  const colon = name.lastIndexOf(':');
  if (colon < 0) {
    throw new TableOpenError('socketmap requires server:socketmap argument', {
      finding: 'table-name',
      hint: 'write socketmap:inet:HOST:PORT:NAME or socketmap:unix:PATH:NAME',
    });
  }
  const server = parseServer(name.slice(0, colon));
  const map = name.slice(colon + 1);
  const lookup = (key: Octets): Octets | undefined => {
    const { rows, faults } = world.ask({ kind: 'socketmap', server, request: `${map} ${key}` });
    for (const fault of faults) {
      reportFault(spec, fault, { world, at, postfixLines: toPostfixLines(spec, server, fault) });
    }
    const reply = rows?.[0]?.[0];
    if (typeof reply === 'string') return readReply(reply, spec, opening);
    const fault = faults.at(-1);
    throw new LookupError(spec, fault?.stage === 'connect' ? fault.message : describeFault(fault));
  };
  return {
    name: spec,
    // Parts of an address aren't asked for: the server takes it apart itself.
    kind: 'pattern',
    lookup: (key) => {
      const value = lookup(key);
      return value === undefined ? undefined : { key, value, source: at };
    },
  };
}

/** @returns the value; undefined if the server doesn't have the key @throws {LookupError} if it has no answer */
function readReply(reply: Octets, spec: Octets, { world, at }: TableOpening): Octets | undefined {
  // A C string: NUL ends it.
  const text = reply.split('\0', 1)[0] ?? '';
  const space = text.indexOf(' ');
  const word = space < 0 ? text : text.slice(0, space);
  const rest = space < 0 ? '' : text.slice(space + 1);
  // QUIRK: without a space after OK there is no value, which is not found (seen with 3.7.11).
  if (word === 'OK') return space < 0 ? undefined : rest;
  if (word === 'NOTFOUND') return undefined;
  const reason = rest.trimStart();
  const words = toPrintable(reason).slice(0, 200);
  const problem = `${spec} socketmap server ${ERRORS.get(word) ?? 'unknown'} error${words === '' ? '' : `: ${words}`}`;
  world.report({
    severity: 'error',
    code: 'lookup-failed',
    at,
    problem,
    why: 'the key can’t be looked up: mail that needs it is deferred',
    hint: 'mend the socketmap server, or put inline:{key=value} in its place',
    postfixLine: `warning: ${problem}`,
  });
  throw new LookupError(spec, LEFT_OVER, { kind: word === 'PERM' ? 'configuration' : 'retry' });
}

function toPostfixLines(spec: Octets, { written }: ServerAddress, { stage, message }: AnswerFault): readonly string[] {
  switch (stage) {
    case 'resolve':
      return [`warning: host or service ${written} not found: ${message}`];
    case 'connect':
      return [`warning: connect to ${written}: ${message}`, `warning: table ${spec} lookup error: ${message}`];
    case 'transfer':
      return [`warning: table ${spec} lookup error: ${message}`];
    default:
      return [];
  }
}

/** What `query error` ends in. QUIRK: after a broken reply that is whatever errno(3) was left at, by the connect. */
function describeFault(fault: AnswerFault | undefined): string {
  return fault?.stage === 'refused' ? 'not asked' : LEFT_OVER;
}

/** @throws {TableOpenError} in Postfix's words: none of its programs goes on */
function parseServer(written: Octets): ServerAddress {
  const server = parseServerAddress(written);
  if (!('fault' in server)) return server;
  const hint = 'write inet:HOST:PORT or unix:PATH before the last colon';
  throw new TableOpenError(server.fault, { finding: 'table-name', hint, endsDaemons: true });
}
