import { containsAddress, parseNetwork, type Network } from '../address/network.ts';
import { parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import { findUnavailableWarning, LookupError } from '../tables/lookup-table.ts';
import type { TraceStep } from '../trace.ts';
import { foldName, type ListItem, type ListPattern, type ListTable } from './list-items.ts';

/** How the items of a list are compared. */
export interface ListStyle {
  /** What the list holds: strings, host names, IP addresses, or hosts by either. */
  readonly holds: 'strings' | 'names' | 'addresses' | 'hosts';
  /**
   * Whether `example.com` stands for what is below it, too. If not, `.example.com` does, and for that alone. It counts
   * for names and hosts.
   */
  readonly parentsMatch: boolean;
  readonly smtputf8: boolean;
}

/** What is asked of a list: a name, an address, or both of a host. */
export interface ListSubject {
  readonly name?: Octets;
  readonly address?: Octets;
}

/** Where the steps of a question go. */
export interface ListTrace {
  /** Stage of the steps: `resolve`. */
  readonly stage: string;
  readonly steps: TraceStep[];
  /** Is told what Postfix's log would say of an item that can't answer. */
  readonly warn?: ((line: Octets) => void) | undefined;
}

/** A list of patterns, open for questions. */
export interface MatchList {
  /** The parameter that it is. */
  readonly parameter: Octets;
  readonly items: readonly ListItem[];
  /**
   * Whether the subject is in the list: the first item that matches decides.
   * @throws {LookupError} if an item that is asked can't answer
   */
  has(subject: ListSubject, trace: ListTrace): boolean;
}

/** Makes a list of items that are read. @see Postfix's match_list(3), match_ops(3) */
export function toMatchList(parameter: Octets, items: readonly ListItem[], style: ListStyle): MatchList {
  const groups = toGroups(items, style);
  return {
    parameter,
    items,
    has({ name, address }, { stage, steps, warn }) {
      const subject: FoldedSubject = {
        name: name === undefined ? undefined : foldName(name, style.smtputf8),
        address: address === undefined ? undefined : foldName(address, style.smtputf8),
      };
      const key = subject.name ?? subject.address ?? '';
      const asked: Asked = { stage, parameter, key, steps, warn };
      for (const group of groups) {
        const item = askGroup(group, subject, asked);
        if (item === undefined) continue;
        const { file, line } = item.at;
        if (item.kind === 'pattern') {
          steps.push({ stage, parameter, key, file, line, result: item.isNegated ? null : item.written });
        }
        if (item.isNegated) {
          steps.push({ stage, parameter, key, file, line, result: null, note: `left out by ${item.written}` });
        }
        return !item.isNegated;
      }
      steps.push({ stage, parameter, key, result: null, note: 'not in the list' });
      return false;
    },
  };
}

interface FoldedSubject {
  readonly name: Octets | undefined;
  readonly address: Octets | undefined;
}

interface Asked {
  readonly stage: string;
  readonly parameter: Octets;
  readonly key: Octets;
  readonly steps: TraceStep[];
  readonly warn: ListTrace['warn'];
}

function askGroup(group: Group, subject: FoldedSubject, asked: Asked): ReturnType<Group> {
  try {
    return group(subject, asked);
  } catch (error) {
    if (error instanceof LookupError) {
      const { table, problem } = error;
      const { stage, parameter, key, steps, warn } = asked;
      const unavailable = findUnavailableWarning(error);
      if (unavailable !== undefined) warn?.(unavailable);
      warn?.(`warning: ${parameter}: ${table}: table lookup problem`);
      steps.push({ stage, parameter, key, table, result: null, note: `no answer: ${problem}` });
    }
    throw error;
  }
}

/** Neighbours in a list, asked at once: the first of them that matches. */
type Group = (subject: FoldedSubject, asked: Asked) => ListPattern | ListTable | undefined;

function toGroups(items: readonly ListItem[], style: ListStyle): readonly Group[] {
  const groups: Group[] = [];
  let patterns: ListPattern[] = [];
  const close = () => {
    if (patterns.length > 0) groups.push(toPatternGroup(patterns, style));
    patterns = [];
  };
  for (const item of items) {
    if (item.kind === 'pattern') {
      patterns.push(item);
      continue;
    }
    close();
    if (item.kind === 'table') groups.push(toTableGroup(item, style));
    else
      groups.push(() => {
        throw new LookupError(`non-existent:${item.written}`, `open file ${item.written}: ${item.fault}`, {
          isUnavailable: true,
        });
      });
  }
  close();
  return groups;
}

/** A table is asked for a name and, where it has fixed keys, for the domains above; for an address as it is. */
function toTableGroup(item: ListTable, { holds, parentsMatch }: ListStyle): Group {
  const { table } = item;
  return ({ name, address }, { stage, parameter, steps }) => {
    const keys = name === undefined || holds === 'addresses' ? [] : [name];
    if (holds === 'names' || holds === 'hosts') {
      if (name !== undefined && table.kind === 'fixed') keys.push(...domainsAbove(name, parentsMatch));
    }
    if (address !== undefined && isNumeric(address)) keys.push(address);
    for (const key of keys) {
      const hit = table.lookup(key);
      if (hit === undefined) {
        steps.push({ stage, parameter, table: table.name, key, result: null });
        continue;
      }
      const { file, line } = hit.source;
      steps.push({ stage, parameter, table: table.name, key, file, line, result: hit.value });
      return item;
    }
    return undefined;
  };
}

function toPatternGroup(patterns: readonly ListPattern[], { holds, parentsMatch }: ListStyle): Group {
  const places = new Map<Octets, number>();
  for (const [index, { pattern }] of patterns.entries()) if (!places.has(pattern)) places.set(pattern, index);
  const networks = holds === 'addresses' || holds === 'hosts' ? toNetworks(patterns) : [];
  const hasDomains = holds === 'names' || holds === 'hosts';
  // One mail asks for the same client, or the same domain, several times.
  let before: { readonly subject: FoldedSubject; readonly first: number } | undefined;
  return (subject) => {
    const { name, address } = subject;
    if (before !== undefined && before.subject.name === name && before.subject.address === address) {
      return patterns[before.first];
    }
    let first = Infinity;
    if (name !== undefined && holds !== 'addresses') {
      first = places.get(name) ?? Infinity;
      if (hasDomains) {
        for (const domain of domainsAbove(name, parentsMatch)) first = Math.min(first, places.get(domain) ?? Infinity);
      }
    }
    if (address !== undefined && isNumeric(address)) {
      first = Math.min(first, places.get(address) ?? Infinity, places.get(`[${address}]`) ?? Infinity);
      first = Math.min(first, findNetwork(networks, address, first));
    }
    before = { subject, first };
    return patterns[first];
  };
}

interface NetworkPattern {
  readonly index: number;
  readonly text: Octets;
  readonly parsed: { readonly network: Network } | { readonly fault: string };
}

/** QUIRK: what has no `:` or `/`, or other characters than addresses have, is passed over as if it were a name. */
function toNetworks(patterns: readonly ListPattern[]): readonly NetworkPattern[] {
  return patterns.flatMap(({ pattern }, index) =>
    /[:/]/.test(pattern) && /^[0-9a-f.:[\]/]*$/.test(pattern)
      ? [{ index, text: pattern, parsed: parseNetwork(pattern) }]
      : [],
  );
}

/** @throws {LookupError} if a network that is asked before `before` can't be read */
function findNetwork(networks: readonly NetworkPattern[], address: Octets, before: number): number {
  const parsed = parseIpAddress(address);
  for (const { index, text, parsed: pattern } of networks) {
    if (index >= before) break;
    if (address.includes(':') !== text.includes(':')) continue;
    if ('fault' in pattern) throw new LookupError(text, pattern.fault, { kind: 'configuration' });
    if (parsed !== undefined && containsAddress(pattern.network, parsed)) return index;
  }
  return Infinity;
}

/** `a.b.c`: `b.c` and `c`; or, if parents don't match what is below them, `.b.c` and `.c`. */
function* domainsAbove(name: Octets, parentsMatch: boolean): Generator<Octets> {
  for (let dot = name.indexOf('.', 1); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    if (parentsMatch && dot + 1 === name.length) return;
    yield name.slice(parentsMatch ? dot + 1 : dot);
  }
}

/** Whether it may be an address: what else a client is called isn't looked up as one. */
function isNumeric(address: Octets): boolean {
  return /^[0-9.a-f:]*$/.test(address);
}
