import type { CheckCode } from './check-codes.ts';

/** Something about a message that may go wrong with it elsewhere. */
export interface MailCheck<Code extends string = CheckCode> {
  readonly code: Code;
  /** `error`: it is against the RFCs, or is lost on the way; `warning`: some do it badly; `note`: to be known. */
  readonly weight: 'error' | 'warning' | 'note';
  /** How many there are; of `clipped` and `large` how many octets. */
  readonly count: number;
  /** What it is about: names, values. Hostile; each is cut, and there are at most ten. */
  readonly about: readonly string[];
}

const MAX_ABOUT = 10;
const MAX_ABOUT_CHARACTERS = 200;

/** A check that counts what it is about, or one where it is about nothing; what is told is cut. */
export function toCheck<Code extends string = CheckCode>(
  code: Code,
  weight: MailCheck['weight'],
  about: readonly string[] = [],
): MailCheck<Code> {
  return {
    code,
    weight,
    count: Math.max(1, about.length),
    about: about.slice(0, MAX_ABOUT).map((words) => words.slice(0, MAX_ABOUT_CHARACTERS)),
  };
}
