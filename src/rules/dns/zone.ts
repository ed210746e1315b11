import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import type { ReadFileFact } from '../tables/file-text.ts';
import { DNS_TYPES, type AskDns, type DnsType } from './dns.ts';

/**
 * Reads the file that catch_dns names: beside main.cf, unless it is a whole path.
 * @returns undefined if it names none
 */
export function readZoneFile(
  value: Octets,
  { directory, readFile }: { readonly directory: Octets; readonly readFile: ReadFileFact },
): { readonly path: Octets; readonly fact: ReturnType<ReadFileFact> } | undefined {
  if (value === '' || value === 'system') return undefined;
  const path = value.startsWith('/') ? value : `${directory}/${value}`;
  return { path, fact: readFile(path) };
}

/** A line of a file of DNS records that can't be read. */
export interface ZoneFault {
  readonly at: SourceLocation;
  /** What is wrong. */
  readonly problem: Octets;
}

/** DNS records that a file has. */
export interface Zone {
  readonly ask: AskDns;
  readonly faults: readonly ZoneFault[];
}

/** What a file has for a name; `SERVFAIL`: nobody can say. */
type Records = 'SERVFAIL' | Map<DnsType, Octets[]>;

/**
 * Reads DNS records, one a line: `NAME TYPE VALUE`, or `NAME SERVFAIL` for a name whose servers don't answer. Blank lines
 * and those that begin with `#` don't count. A name above one that is written is there too, with no records of its own;
 * every other name isn't. An alias (CNAME) is not followed.
 * @param file for messages
 */
export function readZone(text: Octets, file: string): Zone {
  const names = new Map<Octets, Records>();
  const above = new Set<Octets>();
  const faults: ZoneFault[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', type = '', value = ''] = /^(\S+)(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(line) ?? [];
    const problem = addRecord(names, { name: toKey(name), type: type.toUpperCase(), value });
    if (problem !== undefined) faults.push({ at: { file, line: index + 1 }, problem });
  }
  for (const name of names.keys()) {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) above.add(name.slice(dot + 1));
  }
  return {
    faults,
    ask(name, type) {
      const key = toKey(name);
      const records = names.get(key);
      if (records === 'SERVFAIL') return { status: 'try again' };
      if (records === undefined) return { status: above.has(key) ? 'no data' : 'no domain' };
      const found = records.get(type);
      return found === undefined ? { status: 'no data' } : { status: 'found', records: found };
    },
  };
}

interface ZoneLine {
  readonly name: Octets;
  readonly type: Octets;
  readonly value: Octets;
}

/** @returns what is wrong with it */
function addRecord(names: Map<Octets, Records>, { name, type, value }: ZoneLine): string | undefined {
  if (type === 'SERVFAIL') {
    names.set(name, 'SERVFAIL');
    return value === '' ? undefined : `SERVFAIL has no value: ${value}`;
  }
  const known = DNS_TYPES.find((one) => one === type);
  if (known === undefined) return type === '' ? 'a name without a record' : `no type of records: ${type}`;
  const record = toRecord(known, value);
  if (record === undefined) return `not the value of ${type}: ${value}`;
  const before = names.get(name);
  const records = before === undefined || before === 'SERVFAIL' ? new Map<DnsType, Octets[]>() : before;
  records.set(known, [...(records.get(known) ?? []), record]);
  names.set(name, records);
  return undefined;
}

/** @returns undefined if no record of that type can have it */
function toRecord(type: DnsType, value: Octets): Octets | undefined {
  switch (type) {
    case 'A':
      return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value) ? value : undefined;
    case 'AAAA':
      return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(value) ? value.toLowerCase() : undefined;
    case 'MX': {
      const [, preference, host] = /^(\d{1,5})\s+(\S+)$/.exec(value) ?? [];
      return host === undefined ? undefined : `${preference} ${withoutLastDot(host)}`;
    }
    case 'TXT':
      return value === '' ? undefined : value.replace(/^"([^]*)"$/, '$1');
    case 'NS':
    case 'PTR':
    case 'CNAME':
      return /^\S+$/.test(value) ? withoutLastDot(value) : undefined;
  }
}

function withoutLastDot(name: Octets): Octets {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}

function toKey(name: Octets): Octets {
  return withoutLastDot(name).toLowerCase();
}
