import type { Octets } from '../octets.ts';
import { isWordOctet } from './octet-set.ts';
import type { Place } from './syntax-tree.ts';

const NEWLINE = 0x0a;

/** Whether `position` of the subject is such a place. */
export function isAt(place: Place, subject: Octets, position: number): boolean {
  switch (place) {
    case 'subject-start':
      return position === 0;
    case 'subject-end':
      return position === subject.length;
    case 'last-line-end':
      return position === subject.length || (position === subject.length - 1 && isNewline(subject, position));
    case 'line-start':
      return position === 0 || isNewline(subject, position - 1);
    case 'inner-line-start':
      return position === 0 || (position < subject.length && isNewline(subject, position - 1));
    case 'line-end':
      return position === subject.length || isNewline(subject, position);
    case 'word-edge':
      return isWordAt(subject, position - 1) !== isWordAt(subject, position);
    case 'no-word-edge':
      return isWordAt(subject, position - 1) === isWordAt(subject, position);
    case 'word-start':
      return !isWordAt(subject, position - 1) && isWordAt(subject, position);
    case 'word-end':
      return isWordAt(subject, position - 1) && !isWordAt(subject, position);
  }
}

function isNewline(subject: Octets, position: number): boolean {
  return subject.charCodeAt(position) === NEWLINE;
}

function isWordAt(subject: Octets, position: number): boolean {
  return position >= 0 && position < subject.length && isWordOctet(subject.charCodeAt(position));
}
