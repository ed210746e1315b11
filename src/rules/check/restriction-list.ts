import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import { RESTRICTION_LISTS, RESTRICTIONS, type RestrictionArgument } from './restriction-names.ts';
import { splitItems } from '../tables/braces.ts';
import type { View, Word } from './view.ts';

/** One restriction of a list, with what follows it. */
export interface Restriction {
  /** In lower case; of a class as written. */
  readonly name: Octets;
  /** As written: a bare `type:name` for `check_client_access type:name`. */
  readonly word: Word;
  /** `class`: one of smtpd_restriction_classes. `unknown`: there is no such restriction. */
  readonly kind: RestrictionArgument | 'class' | 'unknown';
  /** Absent where there is none, and where it is missing. */
  readonly argument?: Word;
  /** What stands in the argument's place and can't be it; the restriction itself if nothing does. */
  readonly misplaced?: Octets;
  readonly at: SourceLocation;
}

/** The classes of smtpd_restriction_classes, by name. */
export type RestrictionClasses = ReadonlyMap<Octets, readonly Word[]>;

/** The names of the classes. */
export function listClassNames({ get }: Pick<View, 'get'>): readonly Octets[] {
  return splitItems(get('smtpd_restriction_classes'));
}

/** What Postfix finds for each class; one without definition is empty. */
export function readClasses(view: View): RestrictionClasses {
  return new Map(listClassNames(view).map((name) => [name, view.words(name)]));
}

/** Every restriction that the lists and the classes of a view name. */
export function listRestrictions(view: View): readonly Restriction[] {
  const classes = readClasses(view);
  const lists = [...[...RESTRICTION_LISTS.keys()].map((list) => view.words(list)), ...classes.values()];
  return lists.flatMap((words) => readRestrictions(words, 'smtpd_recipient_restrictions', classes));
}

/**
 * Takes a list of restrictions apart as smtpd(8) does.
 * @param list the parameter with the list: it decides which table lookup a bare `type:name` is
 * @see Postfix's smtpd_check.c, generic_checks
 */
export function readRestrictions(
  words: readonly Word[],
  list: Octets,
  classes: RestrictionClasses,
): readonly Restriction[] {
  const restrictions: Restriction[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const { at } = word;
    if (word.text.includes(':') || word.text.startsWith('{')) {
      const name = RESTRICTION_LISTS.get(list);
      restrictions.push({ name: name ?? word.text, word, kind: name ? 'table' : 'unknown', argument: word, at });
      continue;
    }
    const name = word.text.toLowerCase();
    const kind = RESTRICTIONS.get(name);
    if (kind === undefined) {
      restrictions.push({ name: word.text, word, kind: classes.has(word.text) ? 'class' : 'unknown', at });
      continue;
    }
    const next = kind === 'none' ? undefined : words[index + 1];
    const argument = next !== undefined && fits(kind, next.text) ? next : undefined;
    if (next !== undefined) index++;
    const misplaced = kind === 'none' || argument ? {} : { misplaced: next?.text ?? word.text };
    restrictions.push({ name, word, kind, at, ...(argument && { argument }), ...misplaced });
  }
  return restrictions;
}

/** Whether a word can be the argument of a restriction. */
function fits(kind: RestrictionArgument, word: Octets): boolean {
  switch (kind) {
    case 'table':
    case 'server':
      return word.includes(':');
    case 'number':
      return /^[0-9]+[smhdw]?$/.test(word);
    case 'domain':
    case 'none':
      return true;
  }
}
