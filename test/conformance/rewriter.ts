// trivial-rewrite(8), asked by itself, with a case's configuration.
import type { Finding } from '../../src/rules/config/finding.ts';
import { toPrintable } from '../../src/rules/octets.ts';
import { LookupError } from '../../src/rules/tables/lookup-table.ts';
import type { RuleWorld } from '../../src/rules/world.ts';
import { openRuleWorld } from '../../src/settings/rule-world.ts';
import { loadCaseSettings } from './case-settings.ts';
import type { Place } from './command.ts';
import { decodeText, encodeText } from './python/text.ts';

/** The rules of a case, and what Postfix would log of them. */
export interface Rewriter {
  readonly world: RuleWorld;
  warn(text: string): void;
  /** What would have been logged since the last time, each line once, in the order of their texts. */
  takeLog(): readonly string[];
}

/** Reads a case's configuration, as the daemon does when it is asked first. */
export function openRewriter(place: Place): Rewriter {
  let log: string[] = [];
  const tell = ({ postfixLine }: Finding) => {
    if (postfixLine?.startsWith('warning: ') === true) log.push(postfixLine);
  };
  const settings = loadCaseSettings(place, { reportLookup: tell });
  for (const finding of settings.findings) if (finding.code === 'duplicate-parameter') tell(finding);
  const world = openRuleWorld(settings);
  const maps = world.view('rewrite/unix').maps('transport_maps');
  try {
    // The daemon asks for it when it starts.
    maps.find('*', { stage: 'transport', steps: [], warn: (text) => void log.push(text) });
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
  }
  return {
    world,
    warn: (text) => void log.push(text),
    takeLog() {
      const taken = new Set(log.map((line) => fromRules(toPrintable(line, true))));
      log = [];
      return [...taken].sort();
    },
  };
}

/** A vector's text as rules have it. */
export function toRules(text: string): string {
  return Buffer.from(encodeText(text)).toString('latin1');
}

/** A rule's text as vectors have it. */
export function fromRules(octets: string): string {
  return decodeText(Buffer.from(octets, 'latin1'));
}
