import { fromOctets, type Octets } from '../../rules/octets.ts';
import { readAliasText } from '../../rules/tables/alias-text.ts';
import { toMapFile, type IndexedType } from '../../rules/tables/compiled-map.ts';
import { createMapBuilder, type MapBuilder } from '../../rules/tables/map-builder.ts';
import { readMapText } from '../../rules/tables/map-text.ts';
import { listTableTypes } from '../../rules/tables/open-table.ts';
import { describeSystemError } from '../../settings/read-file.ts';
import { toUsageError } from '../postfix-tool.ts';
import { readOctets, splitLines } from './lines.ts';
import { readMapPlace, writeMapFile } from './map-file.ts';
import { toSpec, type MapSession } from './map-session.ts';

/** A table whose map is made or changed. */
interface Target {
  readonly type: IndexedType;
  readonly path: Octets;
}

/** What adds one entry. */
type AddEntry = (key: Octets, value: Octets, line: number) => void;

/** Builds the map of each table. @throws {FatalError} as soon as one can't be built */
export function buildMaps(session: MapSession): void {
  for (const name of session.request.tables) {
    const { type, path } = splitSpec(name, session);
    if (type === 'proxy') throw toUsageError("can't create maps via the proxy service");
    const source = session.world.readFile(path);
    // QUIRK: a directory is opened, and read as if it were empty.
    if ('fault' in source && source.fault !== 'Is a directory') {
      throw toUsageError(`open ${path}: ${source.fault}`);
    }
    const text = 'text' in source ? source.text : '';
    if (type === 'fail') readEntries({ file: path, text }, session, () => refuseWrite(path));
    else buildMap({ type: toIndexedType(type), path }, text, session);
  }
}

/** `-i`: adds entries of standard input to each map. @throws {FatalError} if a map can't be changed */
export async function addToMaps(session: MapSession): Promise<void> {
  const text = await readOctets(session.context.stdin);
  for (const name of session.request.tables) {
    const { type, path } = splitSpec(name, session);
    if (type === 'fail') {
      readEntries({ file: 'stdin', text }, session, () => refuseWrite(path));
      continue;
    }
    const target = { type: toIndexedType(type), path };
    const builder = openForChange(target, session, true);
    readEntries({ file: 'stdin', text }, session, (key, value) => builder.add(key, value, 0));
    if (session.isAliases) signAliases(builder, session);
    write(target, builder, session, false);
  }
}

/** `-d key`: removes entries. @returns the exit status: 1 if no map had any of them */
export async function deleteFromMaps(key: Octets, session: MapSession): Promise<number> {
  const keys = key === '-' ? splitLines(await readOctets(session.context.stdin)) : [key];
  let isFound = false;
  for (const name of session.request.tables) {
    const { type, path } = splitSpec(name, session);
    const target = { type: toWritableType(type, path), path };
    const builder = openForChange(target, session, false);
    const removed = keys.filter((each) => builder.remove(each));
    if (removed.length === 0) continue;
    isFound = true;
    write(target, builder, session, false);
  }
  return isFound ? 0 : 1;
}

function buildMap(target: Target, text: Octets, session: MapSession): void {
  const mapFile = toMapFile(target.type, target.path);
  if (readPlace(target, session).isForeign) {
    throw toUsageError(`open ${mapFile}: not a map that postfixture built; remove it first`);
  }
  const builder = createMapBuilder(target, session.world);
  if (builder === undefined) throw new Error('an empty map is always one of ours');
  readEntries({ file: target.path, text }, session, (key, value, line) => builder.add(key, value, line));
  if (session.isAliases) signAliases(builder, session);
  write(target, builder, session, true);
}

/** @param mayBegin whether a map that isn't there is begun */
function openForChange(target: Target, session: MapSession, mayBegin: boolean): MapBuilder {
  const mapFile = toMapFile(target.type, target.path);
  const { octets } = readPlace(target, session);
  if (octets === undefined && !mayBegin) throw toUsageError(`open database ${mapFile}: No such file or directory`);
  const builder = createMapBuilder(target, session.world, octets === '' && mayBegin ? undefined : octets);
  if (builder === undefined) {
    const fault = target.type === 'lmdb' ? 'MDB_INVALID: File is not an LMDB file' : 'Invalid argument';
    throw toUsageError(`open database ${mapFile}: ${fault}`);
  }
  return builder;
}

/** Reads entries as the tool's text format has them; with `-F` each value is replaced by a file's content. */
function readEntries(
  { file, text }: { readonly file: Octets; readonly text: Octets },
  { isAliases, world }: MapSession,
  add: AddEntry,
): void {
  const options = { file, smtputf8: world.smtputf8, report: world.report, files: world };
  if (isAliases) {
    readAliasText(text, options, add);
    return;
  }
  readMapText(text, options, ({ text: source, line }, place, named) => {
    const value = named ?? source.slice(place.valueStart, place.valueEnd);
    add(source.slice(place.keyStart, place.keyEnd), value, line);
  });
}

/** What sendmail and NIS look for in a finished alias database. */
function signAliases(builder: MapBuilder, { config, world }: MapSession): void {
  if (!builder.has('@')) builder.add('@', '@', 0);
  builder.sign('YP_LAST_MODIFIED', String(Math.floor(world.now / 1000)).padStart(10, '0'));
  builder.sign('YP_MASTER_NAME', config.get('myhostname'));
}

function readPlace({ type, path }: Target, { config }: MapSession): ReturnType<typeof readMapPlace> {
  const mapFile = toMapFile(type, path);
  try {
    return readMapPlace(config.locate(fromOctets(mapFile)));
  } catch (error) {
    throw toUsageError(`open database ${mapFile}: ${describeSystemError(error)}`);
  }
}

/** @param isNew whether the map is made of its text, and takes the rights and owner of that */
function write({ type, path }: Target, builder: MapBuilder, session: MapSession, isNew: boolean): void {
  const { config, request } = session;
  const mapFile = toMapFile(type, path);
  const text = config.locate(fromOctets(path));
  try {
    writeMapFile(config.locate(fromOctets(mapFile)), builder.encode(), {
      modeOf: isNew && request.keepsMode ? text : undefined,
      ownerOf: isNew && request.keepsOwner ? text : undefined,
    });
  } catch (error) {
    const verb = type === 'lmdb' ? 'open database' : 'open';
    throw toUsageError(`${verb} ${mapFile}: ${describeSystemError(error)}`);
  }
}

function splitSpec(name: Octets, { config }: MapSession): { readonly type: string; readonly path: Octets } {
  const spec = toSpec(name, config);
  const colon = spec.indexOf(':');
  return { type: spec.slice(0, colon), path: spec.slice(colon + 1) };
}

/** @throws {FatalError} if maps of that type aren't built */
function toIndexedType(type: string): IndexedType {
  if (isIndexedType(type)) return type;
  const isKnown = type === 'internal' || listTableTypes().includes(type);
  const why = isKnown ? ' does not support bulk-mode creation.' : `. Is the postfix-${type} package installed?`;
  throw toUsageError(`unsupported dictionary type: ${type}${why}`);
}

/** @throws {FatalError} if entries of such a table can't be removed */
function toWritableType(type: string, path: Octets): IndexedType {
  if (isIndexedType(type)) return type;
  if (path === '') throw toUsageError(`open dictionary: expecting "type:name" form instead of "${type}:"`);
  switch (type) {
    case 'environ':
    case 'static':
    case 'unix':
      throw toUsageError(`table ${type}:${path}: delete operation is not supported`);
    case 'fail':
      throw toUsageError(`table ${type}:${path}: delete error: Application error`);
  }
  if (!listTableTypes().includes(type)) throw toUsageError(`unsupported dictionary type: ${type}`);
  throw toUsageError(`${type}:${path} map requires O_RDONLY access mode`);
}

function isIndexedType(type: string): type is IndexedType {
  return type === 'hash' || type === 'btree' || type === 'lmdb';
}

function refuseWrite(path: Octets): never {
  throw toUsageError(`table fail:${path}: write error: Application error`);
}
