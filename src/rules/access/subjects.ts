import type { Evaluation } from './evaluation.ts';
import type { Outcome, Subject } from './outcome.ts';

/** Finds what a restriction is about. @returns undefined if there is no such thing, or not yet */
export type FindSubject = (evaluation: Evaluation) => Subject | undefined;

/** The client's verified name. */
export const findClientName: FindSubject = ({ client }) => unlessUnknown({ name: client.name, what: 'Client host' });

/** The name that the client's address has, verified or not. */
export const findReverseName: FindSubject = ({ client }) =>
  unlessUnknown({ name: client.reverseName, what: 'Unverified Client host' });

/** What the client said with HELO. */
export const findHelo: FindSubject = ({ helo }) =>
  helo === undefined ? undefined : { name: helo, what: 'Helo command' };

/** The sender's address; the null sender has none. */
export const findSender: FindSubject = ({ sender = '' }) =>
  sender === '' ? undefined : { name: sender, what: 'Sender address' };

/** The recipient's address, be it empty. */
export const findRecipient: FindSubject = ({ recipient }) =>
  recipient === undefined ? undefined : { name: recipient, what: 'Recipient address' };

/** Checks what there is; of what there isn't nothing follows. */
export function withSubject(evaluation: Evaluation, find: FindSubject, check: (subject: Subject) => Outcome): Outcome {
  const subject = find(evaluation);
  return subject === undefined ? 'dunno' : check(subject);
}

function unlessUnknown(subject: Subject): Subject | undefined {
  return subject.name.toLowerCase() === 'unknown' ? undefined : subject;
}
