import type { FatalError } from '../../rules/config/fatal-error.ts';
import type { TableWorld } from '../../rules/tables/table-world.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import type { Output } from '../context.ts';
import { readOptions } from '../getopt.ts';
import { printLine, toUsageError } from '../postfix-tool.ts';

/** What postmap or postalias is asked to do. */
export interface MapRequest {
  readonly action:
    | { readonly kind: 'build' | 'add' | 'list' }
    /** A key of `-` stands for the lines of standard input. */
    | { readonly kind: 'query' | 'delete'; readonly key: Octets };
  readonly directory: string | undefined;
  /** `type:name` or a name alone. */
  readonly tables: readonly Octets[];
  readonly flags: Pick<TableWorld, 'foldsCase' | 'duplicates' | 'trailingNull' | 'valuesNameFiles'>;
  /** Whether UTF-8 is asked for, where smtputf8_enable allows it. */
  readonly usesUtf8: boolean;
  /** Whether UTF-8 is asked for even with -b or -h. */
  readonly forcesUtf8: boolean;
  /** Which parts of a message on standard input are keys. */
  readonly messageKeys: { readonly header: boolean; readonly body: boolean; readonly mime: boolean };
  /** Whether the map takes the access rights and the owner of its text. */
  readonly keepsMode: boolean;
  readonly keepsOwner: boolean;
  /** Whether the file and line that answered are printed too. */
  readonly explains: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The flag of ours, which getopt(3) doesn't know: long ones aren't Postfix's way. */
const EXPLAIN = '--explain';

/**
 * Reads the command line of postmap or postalias.
 * @throws {FatalError} in Postfix's words
 */
export function readMapRequest(
  argv: readonly string[],
  {
    name,
    letters,
    usage,
    stderr,
  }: { readonly name: string; readonly letters: string; readonly usage: string; readonly stderr: Output },
): MapRequest {
  const { steps, operands } = readOptions(
    argv.filter((word) => word !== EXPLAIN),
    letters,
  );
  const request: Mutable<MapRequest> = {
    action: { kind: 'build' },
    directory: undefined,
    tables: operands.map(toOctets),
    flags: { foldsCase: true, duplicates: 'warn', trailingNull: 'both' },
    usesUtf8: true,
    forcesUtf8: false,
    messageKeys: { header: false, body: false, mime: false },
    keepsMode: true,
    keepsOwner: true,
    explains: argv.includes(EXPLAIN),
  };
  let adds = false;
  for (const step of steps) {
    if (step.kind === 'fault') {
      printLine(name, step.message, stderr);
      throw toUsageError(usage);
    }
    if (step.letter === 'i') adds = true;
    else applyOption(request, step.letter, step.value ?? '');
  }
  if (adds && request.action.kind === 'build') request.action = { kind: 'add' };
  return request;
}

function applyOption(request: Mutable<MapRequest>, letter: string, value: string): void {
  const { flags, messageKeys } = request;
  switch (letter) {
    case 'c':
      request.directory = value;
      break;
    case 'q':
    case 'd':
      if (request.action.kind !== 'build') throw refuseSecondAction('-s -q or -d');
      request.action = { kind: letter === 'q' ? 'query' : 'delete', key: toOctets(value) };
      break;
    case 's':
      if (request.action.kind === 'query' || request.action.kind === 'delete') {
        throw refuseSecondAction('-s or -q or -d');
      }
      request.action = { kind: 'list' };
      break;
    case 'f':
      request.flags = { ...flags, foldsCase: false };
      break;
    case 'r':
      request.flags = { ...flags, duplicates: 'replace' };
      break;
    case 'w':
      request.flags = { ...flags, duplicates: 'ignore' };
      break;
    case 'n':
      request.flags = { ...flags, trailingNull: 'no' };
      break;
    case 'N':
      request.flags = { ...flags, trailingNull: 'yes' };
      break;
    case 'b':
      request.messageKeys = { ...messageKeys, body: true };
      break;
    case 'h':
      request.messageKeys = { ...messageKeys, header: true };
      break;
    case 'm':
      request.messageKeys = { ...messageKeys, mime: true };
      break;
    case 'F':
      request.flags = { ...flags, valuesNameFiles: true };
      break;
    case 'o':
      request.keepsOwner = false;
      break;
    case 'p':
      request.keepsMode = false;
      break;
    case 'u':
      request.usesUtf8 = false;
      break;
    case 'U':
      request.forcesUtf8 = true;
      break;
    // -v: what Postfix tells of its inner workings isn't told.
  }
}

function refuseSecondAction(which: string): FatalError {
  return toUsageError(`specify only one of ${which}`);
}
