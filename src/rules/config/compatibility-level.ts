/** The parts of a level: major and optional minor and patch, each as strtol(3) reads a number. */
const LEVEL = /^([ \t\n\v\f\r]*\+?\d+)(?:\.([ \t\n\v\f\r]*\+?\d+))?(?:\.([ \t\n\v\f\r]*\+?\d+))?$/;
const GREATEST_MAJOR = 2 ** 43 - 1;
const GREATEST_PART = 1023;

/**
 * Compares two levels as `<level` does: `3.10` is greater than `3.9`, and `3` equals `3.0.0`.
 * @returns below, at or above zero; `{ malformed }` with the first that is no level
 * @see postconf(5), compatibility_level; Postfix's compat_level(3)
 */
export function compareLevels(left: string, right: string): number | { readonly malformed: string } {
  const [leftParts, rightParts] = [parseLevel(left), parseLevel(right)];
  if (leftParts === undefined) return { malformed: left };
  if (rightParts === undefined) return { malformed: right };
  for (const [index, part] of leftParts.entries()) {
    const difference = part - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseLevel(text: string): readonly number[] | undefined {
  const matched = LEVEL.exec(text);
  if (matched === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = matched.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const isInRange = major <= GREATEST_MAJOR && minor <= GREATEST_PART && patch <= GREATEST_PART;
  return isInRange ? [major, minor, patch] : undefined;
}
