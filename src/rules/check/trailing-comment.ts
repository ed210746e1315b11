import type { Finding } from '../config/finding.ts';
import type { MainCfEntry } from '../config/main-cf.ts';
import type { Octets } from '../octets.ts';
import { findComments } from './comment.ts';
import type { CheckWorld } from './check-world.ts';

/** Comments behind values: to Postfix they are a part of the value. @see postconf(5), "the general format of main.cf" */
export function* checkTrailingComments({ entries }: CheckWorld): Generator<Finding> {
  for (const entry of entries) {
    const [comment] = findComments(entry);
    if (comment !== undefined) yield toFinding(entry, comment.start);
  }
}

function toFinding({ name, value, placeOf }: MainCfEntry, start: number): Finding {
  const shown: Octets = value.slice(0, start).trim();
  return {
    severity: 'error',
    code: 'trailing-comment',
    at: placeOf(start),
    problem: `the comment is a part of the value of ${name}`,
    why: 'Postfix knows comments only on lines of their own.',
    hint: `put the comment on a line of its own, and write ${name} = ${shown}`,
  };
}
