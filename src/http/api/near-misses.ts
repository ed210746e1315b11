import { describeQuery } from '../../store/describe-query.ts';
import type { Query } from '../../store/query.ts';
import type { CommitNumber, Store } from '../../store/store.ts';
import type { NearMiss } from './schemas/wait.ts';

/** Among so many of the newest messages the nearest are looked for. */
const CANDIDATES = 200;
/** So many terms of a query are looked at one by one. */
const MAX_TERMS = 20;
const MAX_MISSES = 10;

/**
 * The messages that come nearest to what a query asks for, and what of it they lack: the fewest terms first, of equal
 * ones the newest.
 * @param since only those committed after
 */
export async function findNearMisses(store: Store, query: Query, since: CommitNumber | undefined): Promise<NearMiss[]> {
  const terms = (query.kind === 'and' ? query.terms : [query]).slice(0, MAX_TERMS);
  const newest = await store.list({ limit: CANDIDATES });
  const candidates = newest.filter(({ seq }) => since === undefined || seq > since);
  const oldest = candidates.at(-1);
  if (oldest === undefined) return [];
  const found = await Promise.all(terms.map((term) => findNewest(store, term, oldest.seq)));
  return candidates
    .map(({ id, seq, reversePath, recipients, summary }) => ({
      ID: id,
      Seq: seq,
      From: reversePath,
      To: [...recipients],
      Subject: summary.subject,
      Lacks: terms.filter((_, index) => found[index]?.has(id) !== true).map(describeQuery),
    }))
    .filter(({ Lacks }) => Lacks.length > 0)
    .sort((a, b) => a.Lacks.length - b.Lacks.length || b.Seq - a.Seq)
    .slice(0, MAX_MISSES);
}

/** Which of the newest messages match. */
async function findNewest(store: Store, query: Query, oldest: CommitNumber): Promise<ReadonlySet<string>> {
  const messages = await store.list({ query, limit: CANDIDATES });
  return new Set(messages.filter(({ seq }) => seq >= oldest).map(({ id }) => id));
}
