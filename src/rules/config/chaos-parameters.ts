import type { Parameter } from './parameter.ts';

/** Mistakes that are made on purpose: parameters of PARAMETERS. */
export const CHAOS_PARAMETERS = {
  catch_chaos: {
    type: 'string',
    default: '',
    placeholder: 'RULES',
    meaning:
      'Mistakes to make on purpose, as rules in braces: `{ at=rcpt, first=1, per=client recipient, reply=450 4.2.0 Try again later }`. docs/chaos.md has all that a rule can say.',
  },
  catch_chaos_api: {
    type: 'boolean',
    default: 'no',
    meaning:
      'Whether the API’s `/chaos` sets mistakes, too: Mailpit’s three triggers, and rules as `catch_chaos` has them.',
  },
  catch_chaos_seed: {
    type: 'integer',
    default: '0',
    meaning: 'What the probabilities of `catch_chaos` are drawn with: the same seed and mail make the same mistakes.',
  },
} as const satisfies Record<string, Parameter>;
