import { toOctets, type Octets } from '../../rules/octets.ts';
import { PcrePatternError, UnsupportedPatternError } from '../../rules/patterns/pcre-error.ts';
import { compilePcrePattern, type PcreFlags } from '../../rules/patterns/pcre-pattern.ts';
import type { Mistakes, Place } from './mistakes.ts';
import type { YamlText, YamlValue } from './yaml-value.ts';

/** A text that a test expects. */
export interface Wanted {
  readonly at: Place;
  /** As written. */
  readonly text: Octets;
  readonly matches: (octets: Octets) => boolean;
}

/**
 * How a text that is no pattern is compared: with the whole, with the first words, or with any part. `path`: with the
 * whole, and what stands between slashes is no pattern.
 */
export type Comparison = 'whole' | 'start' | 'part' | 'path';

const FLAGS: PcreFlags = {
  isCaseless: false,
  isMultiline: false,
  isDotAll: false,
  isExtended: false,
  isExtendedMore: false,
  isDollarEndOnly: false,
  isUngreedy: false,
  isNoCapture: false,
  allowsDuplicateNames: false,
};

const PATTERN = /^\/(?<source>.+)\/(?<caseless>i?)$/s;

/** Reads one: a text; a pattern as `/…/`, or `/…/i` without regard to case; or either as `matches: …`, always a pattern. */
export function readWanted(value: YamlValue, how: Comparison, mistakes: Mistakes): Wanted | undefined {
  const { at } = value;
  if (value.kind === 'map') {
    const [entry, ...others] = value.entries;
    if (entry?.key === 'matches' && entry.value.kind === 'text' && others.length === 0) {
      const { text } = entry.value;
      const { source = text, caseless = '' } = PATTERN.exec(text)?.groups ?? {};
      return readPattern({ at: entry.value.at, text }, { source, isCaseless: caseless !== '' }, mistakes);
    }
  }
  if (value.kind !== 'text') {
    mistakes.add(at, 'a text is expected here', 'write a text, or matches: with a regular expression');
    return undefined;
  }
  const { text } = value;
  const { source, caseless } = (how === 'path' ? undefined : PATTERN.exec(text)?.groups) ?? {};
  if (source !== undefined) return readPattern({ at, text }, { source, isCaseless: caseless !== '' }, mistakes);
  const octets = toOctets(text);
  return { at, text: octets, matches: (found) => compare(octets, found, how) };
}

function compare(wanted: Octets, found: Octets, how: Comparison): boolean {
  switch (how) {
    case 'whole':
    case 'path':
      return found === wanted;
    case 'start':
      // `550 5.1` is not the start of `550 5.1.1`: codes are words.
      return found === wanted || found.startsWith(`${wanted} `) || found.startsWith(`${wanted}:`);
    case 'part':
      return found.includes(wanted);
  }
}

/** Patterns run by steps that are counted: none takes long, whatever it is matched with. */
function readPattern(
  { at, text }: Pick<YamlText, 'at' | 'text'>,
  { source, isCaseless }: { readonly source: string; readonly isCaseless: boolean },
  mistakes: Mistakes,
): Wanted | undefined {
  try {
    const pattern = compilePcrePattern(toOctets(source), { ...FLAGS, isCaseless });
    return { at, text: toOctets(text), matches: (found) => pattern.matches(found).kind === 'match' };
  } catch (error) {
    if (!(error instanceof PcrePatternError || error instanceof UnsupportedPatternError)) throw error;
    mistakes.add(at, `/${source}/ is no regular expression: ${error.message}`, 'write it as pcre tables have it');
    return undefined;
  }
}
