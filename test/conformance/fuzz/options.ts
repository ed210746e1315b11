// What the command is told.
import { parseArgs } from 'node:util';

/** How much is asked, and of which cases. */
export interface Options {
  readonly cases: number;
  readonly probes: number;
  readonly seed: number;
  readonly jobs: number;
  readonly keepGoing: boolean;
}

/** What `--help` says. */
export const USAGE = `\
Usage: npm run fuzz:postfix -- [--cases N] [--probes N] [--seed N] [--jobs N] [--keep-going]
Makes random configurations, puts the same questions to a real Postfix and to the product, and shows the first case that
comes out differently, made small. Needs root, and Debian's postfix and postfix-pcre; without them it says so, and the status is 0.

  --cases N     how many configurations (500)
  --probes N    how many questions each is asked: messages mostly (20)
  --seed N      where to begin (the time): case N is made of seed N, the next of N + 1
  --jobs N      how many Postfixes run at once (2)
  --keep-going  don't stop at what differs, and make nothing small: list it all
`;

/** @returns undefined if they can't be understood, or help is asked for */
export function readOptions(argv: readonly string[], now: Date): Options | undefined {
  const number = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        cases: { ...number, default: '500' },
        probes: { ...number, default: '20' },
        seed: { ...number, default: String(Math.floor(now.getTime() / 1000)) },
        jobs: { ...number, default: '2' },
        'keep-going': { type: 'boolean', default: false },
      },
    });
    const numbers = [values.cases, values.probes, values.jobs, values.seed].map(toNumber);
    const [cases = NaN, probes = NaN, jobs = NaN, seed = NaN] = numbers;
    if (Number.isNaN(cases * probes * jobs * seed) || cases * probes * jobs === 0) return undefined;
    return { cases, probes, jobs, seed, keepGoing: values['keep-going'] };
  } catch {
    return undefined;
  }
}

function toNumber(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) : NaN;
}
