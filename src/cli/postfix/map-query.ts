import type { Octets } from '../../rules/octets.ts';
import type { LookupTable, TableHit } from '../../rules/tables/lookup-table.ts';
import { visitMessageKeys } from '../../rules/tables/message-keys.ts';
import { toUsageError } from '../postfix-tool.ts';
import { decodeFileValue } from './file-values.ts';
import { readOctets, splitLines } from './lines.ts';
import { askTable, openNamedTable, toSpec, type MapSession } from './map-session.ts';

/**
 * `-q key`: asks the tables one after the other, and prints the first answer.
 * @returns the exit status: 1 if none has the key
 */
export async function queryTables(key: Octets, session: MapSession): Promise<number> {
  const { request, config, context } = session;
  const { messageKeys, tables } = request;
  if (key === '-') {
    const input = await readOctets(context.stdin);
    return messageKeys.header || messageKeys.body
      ? queryMessage(input, session)
      : queryEach(splitLines(input), session);
  }
  for (const name of tables) {
    const spec = toSpec(name, config);
    const hit = await lookUp(openNamedTable(spec, session), spec, key, session);
    if (hit === undefined) continue;
    print(`${hit.value}\n`, session);
    explain(hit, session);
    return 0;
  }
  return 1;
}

/** `-s`: prints all that the first table has. @returns the exit status: 1 if no table is named */
export async function listTable(session: MapSession): Promise<number> {
  const { request, config } = session;
  const [name] = request.tables;
  if (name === undefined) return 1;
  const spec = toSpec(name, config);
  if (spec.startsWith('proxy:')) throw toUsageError("can't sequence maps via the proxy service");
  const table = openNamedTable(spec, session);
  if (table.entries === undefined) throw toUsageError(`table ${spec}: sequence operation is not supported`);
  for (const hit of await askTable('sequence', () => [...(table.entries?.() ?? [])], session)) {
    if (hit.key === '') {
      session.say(`warning: table ${spec}: empty lookup key value is not allowed`);
    } else if (hit.value === '') {
      warnOfEmptyValue(spec, hit.key, session);
    }
    const value =
      request.flags.valuesNameFiles === true
        ? decodeFileValue(table.messageName ?? table.name, hit, session)
        : hit.value;
    if (value !== undefined) print(`${hit.key}${separator(session)}${value}\n`, session);
  }
  return 0;
}

/** Asks for each key; prints those that are found with the key before. */
async function queryEach(keys: Iterable<Octets>, session: MapSession): Promise<number> {
  const opened = new Map<Octets, LookupTable>();
  const specs = session.request.tables.map((name) => toSpec(name, session.config));
  let isFound = false;
  for (const key of keys) {
    for (const spec of specs) {
      const table = opened.get(spec) ?? openNamedTable(spec, session);
      opened.set(spec, table);
      const hit = await lookUp(table, spec, key, session);
      if (hit === undefined) continue;
      print(`${key}${separator(session)}${hit.value}\n`, session);
      explain(hit, session);
      isFound = true;
      break;
    }
  }
  return isFound ? 0 : 1;
}

/** Asks for each header or each line of the body of a message. */
function queryMessage(input: Octets, session: MapSession): Promise<number> {
  const keys: Octets[] = [];
  visitMessageKeys(splitLines(input), session.request.messageKeys, (key) => keys.push(key));
  return queryEach(keys, session);
}

async function lookUp(
  table: LookupTable,
  spec: Octets,
  key: Octets,
  session: MapSession,
): Promise<TableHit | undefined> {
  const hit = await askTable('query', () => table.lookup(key), session);
  if (hit === undefined) return undefined;
  if (hit.value === '') warnOfEmptyValue(spec, key, session);
  if (session.request.flags.valuesNameFiles !== true) return hit;
  const named = table.messageName ?? table.name;
  const value = decodeFileValue(named, { ...hit, key }, session);
  if (value === undefined) throw toUsageError(`table ${named}: query error`);
  return { ...hit, value };
}

function warnOfEmptyValue(spec: Octets, key: Octets, session: MapSession): void {
  session.say(`warning: table ${spec}: key ${key}: empty string result is not allowed`);
  session.say(`warning: table ${spec} should return NO RESULT in case of NOT FOUND`);
}

function explain({ source }: TableHit, session: MapSession): void {
  if (!session.request.explains) return;
  const { file, line } = source;
  print(`  from ${line === undefined ? file : `${file}:${line}`}\n`, session);
}

/** What stands between key and value in a list. */
function separator({ isAliases }: MapSession): string {
  return isAliases ? ':\t' : '\t';
}

function print(octets: Octets, { context }: MapSession): void {
  context.stdout.write(Buffer.from(octets, 'latin1'));
}
