import { cutAtNul, type ContentRecord } from '../mime/content-records.ts';
import type { Octets } from '../octets.ts';
import { act } from './check-action.ts';
import type { ContentDecision } from './content-decision.ts';
import type { ContentSettings } from './content-settings.ts';

/**
 * Looks at each character of a line before anything else does.
 * @returns the line as it goes on; undefined if a character isn't allowed: then the message is refused
 */
export type CharacterFilter = (record: ContentRecord) => ContentRecord | undefined;

type Characters = Pick<ContentSettings, 'rejected' | 'stripped'>;

/** Opens the filter of characters. @see postconf(5), message_reject_characters and message_strip_characters */
export function openCharacterFilter(characters: Characters, decision: ContentDecision): CharacterFilter {
  const { rejected, stripped } = characters;
  return (record) => {
    if (!isFiltering(characters, decision)) return record;
    const inLine = record.text.split('');
    if (inLine.some((character) => rejected.has(character))) {
      const line = cutAtNul(record.text);
      act('REJECT disallowed character', { context: 'content', text: line, parameter: REJECTING }, decision);
      decision.steps.push({ stage: 'cleanup', parameter: REJECTING, key: line, note: 'disallowed character' });
      return undefined;
    }
    const text = inLine.filter((character) => !stripped.has(character)).join('');
    return text === record.text ? record : { ...record, text, isStripped: true };
  };
}

/** Whether characters are looked at: while checks are, if any are named. */
export function isFiltering({ rejected, stripped }: Characters, { isChecking }: ContentDecision): boolean {
  return isChecking && (rejected.size > 0 || stripped.size > 0);
}

const REJECTING = 'message_reject_characters';
const NAMED: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A set of characters, as C writes them: `\0`, `\r`, `\377`. @see Postfix's unescape(3) */
export function readCharacters(text: Octets): ReadonlySet<Octets> {
  const read = text.replace(/\\(?:([0-7]{1,3})|(.))/gs, (_, octal: string | undefined, name: string) =>
    octal === undefined ? (NAMED[name] ?? name) : String.fromCharCode(parseInt(octal, 8) & 0xff),
  );
  return new Set(read);
}
