/** One hop of a message, as a Received field tells it. All of it is a stranger's word. */
export interface Hop {
  /** Who handed it over, who took it, and by which protocol; empty if it isn't said. */
  readonly from: string;
  readonly by: string;
  readonly with: string;
  /** In ms since 1970; undefined if it isn't said, or can't be read. */
  readonly timeMs: number | undefined;
  /** Since the hop before, in ms: negative where clocks differ. Undefined for the first, and where a time is missing. */
  readonly delayMs: number | undefined;
}

/**
 * The way of a message so far: its Received fields, the oldest first.
 * @param values of the fields, in the order of the wire: the newest first
 * @see RFC 5321 §4.4
 */
export function readReceivedChain(values: readonly string[]): readonly Hop[] {
  const hops: Hop[] = [];
  let before: number | undefined;
  for (const value of values.toReversed()) {
    const semicolon = value.lastIndexOf(';');
    const clauses = withoutComments(semicolon < 0 ? value : value.slice(0, semicolon));
    const timeMs = semicolon < 0 ? undefined : readTime(value.slice(semicolon + 1));
    const delayMs = timeMs === undefined || before === undefined ? undefined : timeMs - before;
    hops.push({
      from: clauseOf('from', clauses),
      by: clauseOf('by', clauses),
      with: clauseOf('with', clauses),
      timeMs,
      delayMs,
    });
    before = timeMs ?? before;
  }
  return hops;
}

function clauseOf(name: string, clauses: string): string {
  return new RegExp(`(?:^|\\s)${name}\\s+(\\S{1,300})`, 'i').exec(clauses)?.[1] ?? '';
}

/** Comments may be nested; what isn't closed goes to the end. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}

function readTime(text: string): number | undefined {
  const timeMs = Date.parse(withoutComments(text).trim());
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
