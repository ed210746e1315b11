import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { foldKey } from '../tables/fold-key.ts';
import { parseAliasValue, type AliasTarget } from './alias-value.ts';
import type { CheckWorld } from './check-world.ts';
import { findCircles } from './circles.ts';
import { openNameList } from './name-list.ts';
import { listEntries } from './table-entries.ts';
import { splitItems } from '../tables/braces.ts';
import { openMainView, type View } from './view.ts';

/** An alias as local(8) finds it. */
interface Alias {
  readonly name: Octets;
  readonly targets: readonly AliasTarget[];
  readonly at: SourceLocation;
}

/** What postalias(1) signs the tables with that it builds: no mail is for these. */
const SIGNATURES: readonly Octets[] = ['yp_last_modified', 'yp_master_name'];

/** How many aliases local(8) follows, the first not counted; seen with 3.7.11. */
const DEEPEST = 25;

/** All that a target may lead to. */
interface Local {
  readonly world: CheckWorld;
  readonly view: View;
  readonly aliases: ReadonlyMap<Octets, Alias>;
  readonly isLocalDomain: (domain: Octets) => boolean;
  /** Whether there are tables whose entries aren't known: then a name may be in them. */
  readonly isPartial: boolean;
}

/** Aliases that go in circles, are denied, or lead nowhere. @see aliases(5), local(8) */
export function* checkAliases(world: CheckWorld): Generator<Finding> {
  const local = readLocal(world);
  if (local === undefined) return;
  yield* findLoops(local);
  for (const alias of local.aliases.values()) {
    for (const target of alias.targets) yield* checkTarget(target, alias, local);
  }
  yield* checkPostmaster(local);
}

/** @returns undefined if nobody has local mail, or no alias table can be read */
function readLocal(world: CheckWorld): Local | undefined {
  const view = openMainView(world);
  const named = world.tables.filter(({ parameter, service }) => parameter === 'alias_maps' && service === undefined);
  const aliases = new Map<Octets, Alias>();
  for (const { table } of named) {
    for (const { key, value, source } of listEntries(table)) {
      const name = foldKey(key, false);
      // Of two tables the first that has a name answers.
      if (!aliases.has(name) && !SIGNATURES.includes(name))
        aliases.set(name, { name, targets: parseAliasValue(value), at: source });
    }
  }
  if (aliases.size === 0) return undefined;
  const destinations = openNameList(world, { view, parameter: 'mydestination' });
  return {
    world,
    view,
    aliases,
    isLocalDomain: (domain) => destinations.find(foldKey(domain, false)) !== undefined,
    isPartial: named.some(({ table }) => !canList(table, table.name)),
  };
}

function canList(table: CheckWorld['tables'][number]['table'], name: Octets): boolean {
  // Without NIS, which is the default's second table, there is nothing in it.
  return (table.entries !== undefined && !listEntries(table).next().done) || name.startsWith('nis:');
}

function* findLoops(local: Local): Generator<Finding> {
  const { aliases } = local;
  const follow = function* (alias: Alias): Generator<Alias> {
    for (const target of alias.targets) {
      const next = aliases.get(toLocalName(target, local) ?? '');
      if (next) yield next;
    }
  };
  for (const circle of findCircles(aliases.values(), follow)) {
    const [first] = circle;
    const last = circle[DEEPEST % circle.length];
    if (first === undefined || last === undefined) continue;
    yield {
      severity: 'error',
      code: 'alias-loop',
      at: first.at,
      problem: `aliases go in a circle: ${[...circle, first].map(({ name }) => name).join(' → ')}`,
      why: `After ${DEEPEST} aliases Postfix returns the mail: 5.4.6 alias database loop.`,
      hint: 'let one of them lead to a mailbox or another address',
      postfixLine: `warning: alias database loop for ${last.name}`,
    };
  }
}

/** The name that local(8) looks up for a target; undefined if it goes elsewhere. */
function toLocalName({ kind, text }: AliasTarget, { isLocalDomain }: Local): Octets | undefined {
  if (kind === 'name') return foldKey(text, false);
  const at = text.lastIndexOf('@');
  return kind === 'address' && isLocalDomain(text.slice(at + 1)) ? foldKey(text.slice(0, at), false) : undefined;
}

function* checkTarget(target: AliasTarget, { name, at }: Alias, local: Local): Generator<Finding> {
  const { view } = local;
  switch (target.kind) {
    case 'command':
      yield* checkAllowed('alias', { target, name, at, view });
      break;
    case 'file':
      yield* checkAllowed('alias', { target, name, at, view });
      break;
    case 'include':
      yield* checkInclude(target.text, name, at, local);
      break;
    case 'name':
    case 'address':
      yield* checkUser(target, name, at, local);
      break;
  }
}

/** @param from what names the command or file, in the words of allow_mail_to_commands */
function* checkAllowed(
  from: 'alias' | 'include',
  { target, name, at, view }: { target: AliasTarget; name: Octets; at: SourceLocation; view: View },
): Generator<Finding> {
  const parameter = target.kind === 'command' ? 'allow_mail_to_commands' : 'allow_mail_to_files';
  if (splitItems(view.get(parameter).toLowerCase()).includes(from)) return;
  const what = target.kind === 'command' ? `the command ${target.text}` : `the file ${target.text}`;
  yield {
    severity: 'error',
    code: `alias-${target.kind}-denied`,
    at,
    problem: `${name} leads to ${what}, which ${parameter} denies`,
    why: `Mail for ${name} is returned: 5.7.1 mail to ${target.kind} is restricted.`,
    hint: `write ${parameter} = ${[...splitItems(view.get(parameter)), from].join(', ')}, or take it out of the alias`,
  };
}

function* checkInclude(path: Octets, name: Octets, at: SourceLocation, { world, view }: Local): Generator<Finding> {
  const shared = { severity: 'error', at, why: `Mail for ${name} is deferred.` } as const;
  if (!path.startsWith('/')) {
    const problem = `:include:${path} uses a relative path`;
    const hint = 'write the whole path';
    yield { ...shared, code: 'include-relative', problem, hint, postfixLine: `warning: ${problem}` };
    return;
  }
  const file = world.readFile(path);
  if ('fault' in file) {
    const problem = `unable to lookup :include: file ${path}: ${file.fault}`;
    const hint = `write ${path}, or map its path with catch_path_map`;
    yield { ...shared, code: 'include-missing', problem, hint, postfixLine: `warning: ${problem}` };
    return;
  }
  if ((file.mode & 0o002) !== 0) {
    const problem = `:include: file ${path} is world writable`;
    const hint = `chmod o-w ${path}`;
    yield { ...shared, code: 'include-writable', problem, hint, postfixLine: `warning: ${problem}` };
  }
  for (const [index, line] of file.text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    for (const target of parseAliasValue(line)) {
      if (target.kind !== 'command' && target.kind !== 'file') continue;
      yield* checkAllowed('include', { target, name, at: { file: path, line: index + 1 }, view });
    }
  }
}

function* checkUser(target: AliasTarget, name: Octets, at: SourceLocation, local: Local): Generator<Finding> {
  const { world, view, aliases, isPartial } = local;
  const user = toLocalName(target, local);
  if (world.accounts === undefined || user === undefined || isPartial || hasOtherUsers(view)) return;
  const delimiters = view.get('recipient_delimiter');
  const base = findDelimiter(user, delimiters);
  const names = base < 0 ? [user] : [user, user.slice(0, base)];
  if (names.some((one) => aliases.has(one) && one !== name)) return;
  if (names.some((one) => world.accounts?.has(one) === true)) return;
  yield {
    severity: 'warning',
    code: 'alias-unknown-user',
    at,
    problem: `${name} leads to ${target.text}, and there is no such account or alias`,
    why: `Mail for ${name} is returned: 5.1.1 unknown user: "${user}".`,
    hint: 'name an account, an alias, or an address with its domain',
  };
}

/** Where an extension begins; -1 if there is none. */
function findDelimiter(user: Octets, delimiters: Octets): number {
  for (let index = 1; index < user.length; index++) if (delimiters.includes(user.charAt(index))) return index;
  return -1;
}

/** Whether somebody else than the accounts may have mailboxes. */
function hasOtherUsers(view: View): boolean {
  const parameters = ['luser_relay', 'fallback_transport', 'fallback_transport_maps', 'mailbox_transport'];
  return (
    [...parameters, 'mailbox_transport_maps'].some((name) => view.get(name) !== '') ||
    !/^local(?::|$)/.test(view.get('local_transport'))
  );
}

function* checkPostmaster({ world, view, aliases, isPartial }: Local): Generator<Finding> {
  if (aliases.has('postmaster') || isPartial || world.accounts?.has('postmaster') === true || hasOtherUsers(view))
    return;
  if (view.get('mydestination') === '') return;
  yield {
    severity: 'note',
    code: 'no-postmaster',
    at: view.placeOf('alias_maps'),
    problem: 'there is no alias postmaster',
    why: 'Every mail domain must have one (RFC 5321), and Postfix sends its own notices there.',
    hint: 'add the line "postmaster: root" to a table of alias_maps, or the name of who reads it',
  };
}
