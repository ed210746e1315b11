import { containsAddress, parseIpAddress, parseNetwork, type IpAddress, type Network } from '../address/network.ts';
import type { Octets } from '../octets.ts';
import type { LookupTable } from './lookup-table.ts';
import { readRules } from './rule-lines.ts';
import type { TableOpening } from './table-world.ts';

interface Test {
  readonly network: Network;
  readonly isNegated: boolean;
}

type Rule = { readonly line: number; readonly written: Octets } & (
  | { readonly kind: 'match'; readonly test: Test; readonly value: Octets }
  | { readonly kind: 'if'; readonly test: Test; end: number }
  | { readonly kind: 'endif' }
);

/**
 * Opens `cidr:file` or `cidr:{{192.0.2.0/24 result}, …}`: networks, the first that holds the address answers. The result
 * is text: `$1` is no group. Rules that can't be used are reported and left out.
 * @throws {TableOpenError} if it can't be read
 * @see cidr_table(5); Postfix's dict_cidr(3)
 */
export function openCidrTable(name: Octets, opening: TableOpening): LookupTable {
  const source = readRules('cidr', name, opening);
  const rules: Rule[] = [];
  const open: (Rule & { readonly kind: 'if' })[] = [];
  for (const { text, line } of source.lines) {
    const rule = parseRule(text, line, open.length);
    if ('fault' in rule) {
      const hint = 'write a network and a result: 192.0.2.0/24 OK';
      source.warn(line, { code: 'table-rule', problem: `${rule.fault}: skipping this rule`, hint });
      continue;
    }
    if (rule.kind === 'if') open.push(rule);
    if (rule.kind === 'endif') {
      const opening = open.pop();
      if (opening !== undefined) opening.end = rules.length;
    }
    rules.push(rule);
  }
  for (const { line } of open.reverse()) {
    source.warn(line, { code: 'table-rule', problem: 'IF has no matching ENDIF', hint: 'end the block with endif' });
  }
  return {
    name: `cidr:${name}`,
    kind: 'pattern',
    lookup(key) {
      const address = parseIpAddress(key);
      if (address === undefined) return undefined;
      const rule = findRule(rules, address);
      return rule && { key: rule.written, value: rule.value, source: source.locate(rule.line) };
    },
  };
}

function findRule(rules: readonly Rule[], address: IpAddress): (Rule & { readonly kind: 'match' }) | undefined {
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    if (rule === undefined || rule.kind === 'endif') continue;
    const isPassed = passes(rule.test, address);
    if (rule.kind === 'match' && isPassed) return rule;
    if (rule.kind === 'if' && !isPassed) index = rule.end;
  }
  return undefined;
}

/** An address of the other family passes no test, not even a negated one. */
function passes({ network, isNegated }: Test, address: IpAddress): boolean {
  return network.family === address.family && containsAddress(network, address) !== isNegated;
}

/** @param nesting how many blocks are open */
function parseRule(text: Octets, line: number, nesting: number): Rule | { readonly fault: string } {
  if (/^if(?![A-Za-z0-9])/i.test(text)) {
    const test = parseTest(text.slice(2));
    return 'fault' in test ? test : { kind: 'if', line, written: text, test, end: Infinity };
  }
  if (/^endif(?![A-Za-z0-9])/i.test(text)) {
    if (/[^ \t\n\v\f\r]/.test(text.slice(5))) return { fault: 'garbage after ENDIF' };
    return nesting === 0 ? { fault: 'ENDIF without IF' } : { kind: 'endif', line, written: text };
  }
  const [, written = '', value = ''] = /^([! \t\n\v\f\r]*[^ \t\n\v\f\r]*)[ \t\n\v\f\r]*([^]*)$/.exec(text) ?? [];
  if (/^[! \t\n\v\f\r]*$/.test(written)) return { fault: 'no address pattern' };
  if (value === '') return { fault: 'no lookup result' };
  const test = parseTest(written);
  return 'fault' in test ? test : { kind: 'match', line, written, test, value };
}

/** Reads `!network`. */
function parseTest(text: Octets): Test | { readonly fault: string } {
  const negations = /^[! \t\n\v\f\r]*/.exec(text)?.[0] ?? '';
  const pattern = text.slice(negations.length);
  if (pattern === '') return { fault: 'no address pattern' };
  const parsed = parseNetwork(pattern);
  if ('fault' in parsed) return parsed;
  return { network: parsed.network, isNegated: negations.split('!').length % 2 === 0 };
}
