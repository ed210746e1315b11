import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';

/** So much of the words must be the same. */
const ENOUGH = 0.75;

/**
 * The finding whose Postfix line is the one that a program logged: word by word, or nearly; paths and line numbers of
 * another machine may differ.
 */
export function findComplaint(logged: Octets, findings: readonly Finding[]): Finding | undefined {
  const words = toWords(logged);
  let best: { readonly finding: Finding; readonly likeness: number } | undefined;
  for (const finding of findings) {
    for (const line of finding.postfixLine?.split('\n') ?? []) {
      const likeness = line === logged ? 2 : compareWords(words, toWords(line));
      if (likeness >= ENOUGH && likeness > (best?.likeness ?? 0)) best = { finding, likeness };
    }
  }
  return best?.finding;
}

/** Without the severity: one program warns of what ends another. */
function toWords(line: Octets): ReadonlySet<Octets> {
  const text = line.replace(/^[a-z]+: /, '');
  return new Set(text.split(/[\s,;()"'<>]+/).filter((word) => word !== ''));
}

/** Shared words among all. */
function compareWords(a: ReadonlySet<Octets>, b: ReadonlySet<Octets>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}
