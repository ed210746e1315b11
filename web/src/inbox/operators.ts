const OPERATORS = [
  'from:',
  'to:',
  'cc:',
  'bcc:',
  'reply-to:',
  'addressed:',
  'subject:',
  'message-id:',
  'tag:',
  'is:read',
  'is:unread',
  'is:tagged',
  'has:attachment',
  'has:inline',
  'before:',
  'after:',
  'larger:',
  'smaller:',
  'rcpt:',
  'env-from:',
  'verdict:',
  'via:',
  'rule:',
  'queue:',
  'upto:',
] as const;

/**
 * The operator that was probably meant, where a word of a search looks like one and isn't.
 * @returns the whole word as it should be: `subject:hello`
 */
export function findNearestOperator(query: string): string | undefined {
  for (const word of query.split(/\s+/)) {
    const colon = word.indexOf(':');
    if (colon < 1 || OPERATORS.some((operator) => word.toLowerCase().startsWith(operator))) continue;
    const rest = word.slice(colon + 1);
    const prefix = word.slice(0, colon + 1).toLowerCase();
    const isState = prefix === 'is:' || prefix === 'has:';
    const written = isState ? word.toLowerCase() : prefix;
    const [nearest] = OPERATORS.map((operator) => ({ operator, far: editDistance(operator, written) }))
      .filter(({ far }) => far <= (isState ? 3 : 2))
      .sort((one, other) => one.far - other.far);
    if (nearest) return nearest.operator.endsWith(':') ? `${nearest.operator}${rest}` : nearest.operator;
  }
  return undefined;
}

/** Letters to insert, drop or change, from one word to the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, against] of Array.from(other).entries()) {
      const change = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
