import type { Octets } from '../octets.ts';
import type { LookupTable } from './lookup-table.ts';
import { parsePatternRule, type PatternDialect, type PatternRule, type PatternTest } from './pattern-rules.ts';
import { expandReplacement, writeReplacement } from './replacement.ts';
import { collectRules, findRule, RuleMistake, type RuleSource } from './rule-lines.ts';

/**
 * Makes a table of rules with patterns: the first that matches answers. Rules that can't be used are reported and left
 * out.
 * @see regexp_table(5), pcre_table(5)
 */
export function makePatternTable(source: RuleSource, dialect: PatternDialect): LookupTable {
  const rules = collectRules(source, (line, nesting) => parsePatternRule(source, dialect, line, nesting));
  return {
    name: `${source.type}:${source.name}`,
    kind: 'pattern',
    *rules() {
      for (const rule of rules.rules) {
        if (rule.kind !== 'match') continue;
        const { written, replacement, line } = rule;
        yield { key: written, value: writeReplacement(replacement), source: source.locate(line) };
      }
    },
    lookup(key) {
      return findRule(rules, (rule) => {
        const asked = { source, dialect, line: rule.line };
        if (rule.kind === 'if') return passes(rule.test, key, asked) ? 'enter' : undefined;
        const value = rule.kind === 'match' ? answer(rule, key, asked) : undefined;
        return value === undefined ? undefined : { key: rule.written, value, source: source.locate(rule.line) };
      });
    },
  };
}

interface Asked {
  readonly source: RuleSource;
  readonly dialect: PatternDialect;
  readonly line: number;
}

function answer(
  { tests, replacement }: PatternRule & { readonly kind: 'match' },
  key: Octets,
  asked: Asked,
): Octets | undefined {
  const needsGroups = replacement.some((part) => typeof part === 'number');
  const [first, ...others] = tests;
  const offsets = first && findOffsets(first, key, { ...asked, needsGroups });
  if (offsets === undefined || !others.every((test) => passes(test, key, asked))) return undefined;
  return expandReplacement(replacement, key, offsets);
}

function passes(test: PatternTest, key: Octets, asked: Asked): boolean {
  return findOffsets(test, key, { ...asked, needsGroups: false }) !== undefined;
}

/** @returns undefined if the test isn't passed; a search that is given up passes none, not even a negated one */
function findOffsets(
  { pattern, isNegated }: PatternTest,
  key: Octets,
  { source, dialect, line, needsGroups }: Asked & { readonly needsGroups: boolean },
): readonly number[] | undefined {
  const result = pattern.matches(key, { needsGroups });
  switch (result.kind) {
    case 'match':
      return isNegated ? undefined : result.offsets;
    case 'none':
      return isNegated ? [] : undefined;
    case 'given up': {
      const hint = 'write the pattern without back references, and without repetitions within repetitions';
      source.warn(line, new RuleMistake(dialect.givenUp[result.fault], hint), { code: 'pattern-given-up' });
      return undefined;
    }
  }
}
