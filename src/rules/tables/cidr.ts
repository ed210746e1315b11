import type { IpAddress } from '../address/ip-address.ts';
import { containsAddress, parseNetwork, parsePlainAddress, type Network } from '../address/network.ts';
import type { Octets } from '../octets.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';
import { collectRules, findRule, readRules, RuleMistake, type RuleLine, type RuleSource } from './rule-lines.ts';
import type { TableOpening } from './table-world.ts';

interface Test {
  readonly network: Network;
  readonly isNegated: boolean;
}

type Rule = { readonly line: number; readonly written: Octets } & (
  | { readonly kind: 'match'; readonly test: Test; readonly value: Octets }
  | { readonly kind: 'if'; readonly test: Test }
  | { readonly kind: 'endif' }
);

const HINT = 'write a network and a result: 192.0.2.0/24 OK';

/**
 * Opens `cidr:file` or `cidr:{{192.0.2.0/24 result}, …}`: networks, the first that holds the address answers. The result
 * is text: `$1` is no group. Rules that can't be used are reported and left out.
 * @throws {TableOpenError} if it can't be read
 * @see cidr_table(5); Postfix's dict_cidr(3)
 */
export function openCidrTable(name: Octets, opening: TableOpening): LookupTable {
  const source = readRules('cidr', name, opening);
  const rules = collectRules(source, (rule, nesting) => parseRule(source, rule, nesting));
  const toHit = ({ line, written, value }: Rule & { readonly kind: 'match' }): TableHit => {
    return { key: written, value, source: source.locate(line) };
  };
  return {
    name: `cidr:${name}`,
    kind: 'pattern',
    *rules() {
      for (const rule of rules.rules) if (rule.kind === 'match') yield toHit(rule);
    },
    lookup(key) {
      const address = parsePlainAddress(key);
      if (address === undefined) return undefined;
      return findRule(rules, (rule) => {
        if (rule.kind === 'endif' || !passes(rule.test, address)) return undefined;
        return rule.kind === 'if' ? 'enter' : toHit(rule);
      });
    },
  };
}

/** An address of the other family passes no test, not even a negated one. */
function passes({ network, isNegated }: Test, address: IpAddress): boolean {
  return network.family === address.family && containsAddress(network, address) !== isNegated;
}

/** @throws {RuleMistake} */
function parseRule(source: RuleSource, { text, line }: RuleLine, nesting: number): Rule {
  if (/^if(?![A-Za-z0-9])/i.test(text)) return { kind: 'if', line, written: text, test: parseTest(text.slice(2)) };
  if (/^endif(?![A-Za-z0-9])/i.test(text)) {
    if (/[^ \t\n\v\f\r]/.test(text.slice(5))) throw toMistake('garbage after ENDIF');
    if (nesting === 0) throw toMistake('ENDIF without IF');
    return { kind: 'endif', line, written: text };
  }
  const [, written = '', value = ''] = /^([! \t\n\v\f\r]*[^ \t\n\v\f\r]*)[ \t\n\v\f\r]*([^]*)$/.exec(text) ?? [];
  if (/^[! \t\n\v\f\r]*$/.test(written)) throw toMistake('no address pattern');
  const test = parseTest(written);
  if (value === '') throw toMistake('no lookup result');
  return { kind: 'match', line, written, test, value: source.valueOf(value) };
}

/** Reads `!network`. */
function parseTest(text: Octets): Test {
  const negations = /^[! \t\n\v\f\r]*/.exec(text)?.[0] ?? '';
  const pattern = text.slice(negations.length);
  if (pattern === '') throw toMistake('no address pattern');
  const parsed = parseNetwork(pattern);
  if ('fault' in parsed) throw toMistake(parsed.fault);
  return { network: parsed.network, isNegated: negations.split('!').length % 2 === 0 };
}

function toMistake(problem: string): RuleMistake {
  return new RuleMistake(`${problem}: skipping this rule`, HINT);
}
