import { extractBraced, splitOutsideBraces, LIST_SEPARATORS } from '../config/braces.ts';
import { parseSeconds } from '../config/postfix-value.ts';
import { findFaultRuleFault } from './check-fault-rule.ts';
import type { FaultKey, FaultRule, FaultStage } from './fault-rule.ts';

/** Rules, or what is wrong with the first that can't be read. */
export type FaultRules = { readonly rules: readonly FaultRule[] } | { readonly fault: string };

/**
 * Reads catch_chaos: rules in braces, each with attributes between commas, `name=value` or a lone word, with braces around
 * an attribute whose value holds a comma.
 */
export function readFaultRules(text: string): FaultRules {
  const rules: FaultRule[] = [];
  for (const { text: piece } of splitOutsideBraces(text, LIST_SEPARATORS)) {
    const rule = readFaultRule(piece);
    if ('fault' in rule) return { fault: `in ${piece}: ${rule.fault}` };
    rules.push(rule.rule);
  }
  return { rules };
}

function readFaultRule(piece: string): { readonly rule: FaultRule } | { readonly fault: string } {
  if (!piece.startsWith('{')) return { fault: 'a rule stands in braces: { at=rcpt, first=1, reply=450 4.2.0 Later }' };
  const { text, fault } = extractBraced(piece);
  if (fault !== undefined) return { fault };
  const read: { -readonly [K in keyof FaultRule]?: FaultRule[K] } = {};
  for (const attribute of splitAttributes(text)) {
    const [, name = '', value] = /^([a-z]*)\s*(?:=\s*(.*))?$/s.exec(attribute) ?? [];
    const reader = READERS.get(name);
    if (reader === undefined) return { fault: `"${attribute}" is none of ${[...READERS.keys()].join(', ')}` };
    const part = reader(value);
    if (part === undefined) return { fault: `bad value: ${attribute}` };
    Object.assign(read, part);
  }
  const { at } = read;
  if (at === undefined) return { fault: `it doesn’t say where: write at=, one of ${STAGES.join(', ')}` };
  const rule = { ...read, at };
  const wrong = findFaultRuleFault(rule);
  return wrong === undefined ? { rule } : { fault: wrong };
}

/** At commas, but not within braces. */
function splitAttributes(text: string): readonly string[] {
  const attributes: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text.charAt(at);
    if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (at === text.length || (char === ',' && depth === 0)) {
      const attribute = text.slice(start, at).trim();
      if (attribute !== '') attributes.push(attribute.startsWith('{') ? extractBraced(attribute).text : attribute);
      start = at + 1;
    }
  }
  return attributes;
}

/** What an attribute says; undefined: its value has no sense. @param value undefined: there is no `=` */
type Reader = (value: string | undefined) => Partial<FaultRule> | undefined;

const STAGES = [
  'connect',
  'helo',
  'starttls',
  'auth',
  'mail',
  'rcpt',
  'data',
  'message',
  'kept',
] as const satisfies readonly FaultStage[];
const KEYS = ['session', 'client', 'sender', 'recipient'] as const satisfies readonly FaultKey[];

const pattern =
  (name: 'client' | 'helo' | 'login' | 'sender' | 'recipient' | 'reply'): Reader =>
  (value) =>
    value === undefined ? undefined : { [name]: value };

const count =
  (name: 'first' | 'after' | 'every' | 'octetsPerSecond'): Reader =>
  (value = '') =>
    /^[0-9]{1,15}$/.test(value) ? { [name]: Number(value) } : undefined;

const time =
  (name: 'withinMs' | 'delayMs'): Reader =>
  (value = '') => {
    const [, ms] = /^([0-9]{1,12})ms$/.exec(value) ?? [];
    if (ms !== undefined) return { [name]: Number(ms) };
    const parsed = /^[0-9]/.test(value) ? parseSeconds(value, 's') : undefined;
    return parsed?.ignored === '' ? { [name]: parsed.seconds * 1000 } : undefined;
  };

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['at', (value) => oneOf(STAGES, value, (at) => ({ at }))],
  ['client', pattern('client')],
  ['helo', pattern('helo')],
  ['login', pattern('login')],
  ['sender', pattern('sender')],
  ['recipient', pattern('recipient')],
  [
    'probability',
    (value = '') => (/^[0-9]+(?:\.[0-9]+)?%?$/.test(value) ? { probability: Number.parseFloat(value) } : undefined),
  ],
  ['first', count('first')],
  ['after', count('after')],
  ['every', count('every')],
  [
    'per',
    (value = '') => {
      const per = value.split(/\s+/).map((word) => KEYS.find((key) => key === word));
      return per.every((key) => key !== undefined) ? { per } : undefined;
    },
  ],
  ['within', time('withinMs')],
  ['delay', time('delayMs')],
  ['reply', pattern('reply')],
  ['disconnect', (value) => (value === undefined ? { disconnect: true } : undefined)],
  ['rate', count('octetsPerSecond')],
]);

function oneOf<T extends string>(
  words: readonly T[],
  value: string | undefined,
  to: (word: T) => Partial<FaultRule>,
): Partial<FaultRule> | undefined {
  const word = words.find((known) => known === value);
  return word === undefined ? undefined : to(word);
}
