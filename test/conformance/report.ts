// What a run prints: a line a failing probe, what differs below it, and the sums.
import type { Difference } from './compare.ts';
import { diffLines } from './line-diff.ts';
import type { ProbeResult } from './run-case.ts';
import { KINDS, type Probe } from './vector.ts';

/** The most that is shown of a value in one line, and of lines of a difference. */
const SHOWN = { characters: 160, lines: 30 };

/** `cli postmap -q 'a b' hash:t`. */
export function describeProbe(probe: Probe): string {
  switch (probe.kind) {
    case 'cli':
      return `cli ${probe.argv.map(quote).join(' ')}`;
    case 'postmap':
      return `postmap ${quote(probe.table)}`;
    case 'postconf':
      return `postconf ${probe.names.map(quote).join(' ')}`;
    case 'smtp':
      return `smtp <${probe.from}> to ${probe.to.map((to) => `<${to}>`).join(' ')}`;
    case 'session':
      return `session ${JSON.stringify(probe.lines[0])}`;
    case 'resolve':
    case 'rewrite':
      return `${probe.kind} ${probe.addrs.map(quote).join(' ')}`;
    case 'later':
      return `later ${probe.seconds} s`;
  }
}

/** A failing probe: `FAIL name#3 cli …: stdout differs: expected …, got …`, and the lines that differ. */
export function formatFailure(name: string, { probe, index, differences, complaints }: ProbeResult): string {
  const members = [...new Set(differences.map(({ member }) => member))].join(', ');
  const agreeing = Object.keys(probe.expected).filter((member) => !differences.some((d) => isPart(d.member, member)));
  const differ = members === '' ? [] : [`${members} differ${differences.length === 1 ? 's' : ''}`];
  const agree = members === '' || agreeing.length === 0 ? [] : [`${agreeing.join(', ')} agree`];
  // A status says less than the words that come with it.
  const first = differences.find(({ member }) => member !== 'rc') ?? differences[0];
  const sides = first === undefined ? [] : [`expected ${shorten(first.expected)}, got ${shorten(first.got)}`];
  const facts = [...differ, ...agree, ...complaints.map((complaint) => complaint.split('\n')[0] ?? '')].join('; ');
  const head = [`FAIL ${name}#${index} ${describeProbe(probe)}: ${facts}`, ...sides].join(': ').replaceAll('\n', '\\n');
  const details = [
    ...differences.flatMap(formatDifference),
    ...complaints.flatMap((text) => text.split('\n').slice(1)),
  ];
  return [head, ...details.map((line) => `    ${line}`), ''].join('\n');
}

function isPart(member: string, whole: string): boolean {
  return member === whole || member.startsWith(`${whole}.`) || member.startsWith(`${whole}[`);
}

/** `N probes passed, N failed, N not supported`: of all, and of each kind that there is. */
export function formatSums(results: readonly ProbeResult[]): string {
  const count = (of: readonly ProbeResult[]): string => {
    const [passed, failed, excused] = (['passed', 'failed', 'not supported'] as const).map(
      (status) => of.filter((result) => result.status === status).length,
    );
    return `${passed} probes passed, ${failed} failed, ${excused} not supported`;
  };
  const kinds = KINDS.map((kind) => [kind, results.filter(({ probe }) => probe.kind === kind)] as const);
  const lines = kinds.filter(([, of]) => of.length > 0).map(([kind, of]) => `  ${kind.padEnd(9)}${count(of)}`);
  return [count(results), ...lines, ''].join('\n');
}

function formatDifference({ member, expected, got }: Difference): readonly string[] {
  if (typeof expected !== 'string' || typeof got !== 'string') {
    return [`${member}:`, `- ${toShown(expected)}`, `+ ${toShown(got)}`];
  }
  const lines = diffLines(expected, got);
  const rest = lines.length - SHOWN.lines;
  return [`${member}:`, ...lines.slice(0, SHOWN.lines), ...(rest > 0 ? [`… and ${rest} lines more`] : [])];
}

function toShown(value: unknown): string {
  return value === undefined ? '(absent)' : JSON.stringify(value);
}

function shorten(value: unknown): string {
  const text = toShown(value);
  return text.length > SHOWN.characters ? `${text.slice(0, SHOWN.characters)}…` : text;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
