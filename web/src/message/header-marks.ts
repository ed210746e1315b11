import type { ChecksResponse } from '../../../src/http/api/schemas/check.ts';

/** What Postfix would do to a header. */
export type HeaderChange = ChecksResponse['HeaderChanges'][number];

/** So long, what a table of checks matched may have been cut. */
const TRACED_CHARACTERS = 200;

/**
 * Finds what Postfix would do to each header field.
 * @param raws fields as sent, in the order of the wire
 * @returns a change for each field that has one; and the headers that would be added
 */
export function markFields(
  raws: readonly string[],
  changes: readonly HeaderChange[],
): { readonly marks: readonly (HeaderChange | undefined)[]; readonly added: readonly HeaderChange[] } {
  const left = changes.filter(({ Before }) => Before !== undefined);
  const marks = raws.map((raw) => {
    const text = raw.replace(/\r?\n$/, '').replaceAll('\r\n', '\n');
    const at = left.findIndex(({ Before = '' }) => Before === text || isCutOf(Before, text));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  return { marks, added: changes.filter(({ Before }) => Before === undefined) };
}

function isCutOf(before: string, text: string): boolean {
  return before.length >= TRACED_CHARACTERS && text.startsWith(before);
}
