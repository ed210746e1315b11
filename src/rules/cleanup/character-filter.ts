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

/**
 * Opens the filter of characters; while checks look at what passes, it does.
 * @see postconf(5), message_reject_characters and message_strip_characters
 */
export function openCharacterFilter(
  { rejected, stripped }: Pick<ContentSettings, 'rejected' | 'stripped'>,
  decision: ContentDecision,
): CharacterFilter {
  if (rejected.size === 0 && stripped.size === 0) return (record) => record;
  return (record) => {
    if (!decision.isChecking) return record;
    const characters = record.text.split('');
    if (characters.some((character) => rejected.has(character))) {
      act(
        'REJECT disallowed character',
        { context: 'content', text: cutAtNul(record.text), parameter: REJECTING },
        decision,
      );
      decision.steps.push({
        stage: 'cleanup',
        parameter: REJECTING,
        key: cutAtNul(record.text),
        note: 'disallowed character',
      });
      return undefined;
    }
    const text = characters.filter((character) => !stripped.has(character)).join('');
    return text === record.text ? record : { ...record, text, isStripped: true };
  };
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
