import { quoteAddress } from '../../rules/address/quote.ts';
import type { NodeId } from '../../rules/journey.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import type { Conditions, EndKey, Expectation, ExpectedEnd, ExpectedEnds, ExpectedHeader } from './expectation.ts';
import type { Place } from './mistakes.ts';
import type { Observed, ObservedEnd } from './observed.ts';
import { pairUp } from './pairing.ts';
import type { Wanted } from './wanted.ts';

/** Something that was expected and isn't so. Texts are octets. */
export interface Mismatch {
  /** Of the expectation. */
  readonly at: Place;
  /** What was compared: `transport of bob@example.com`. */
  readonly what: Octets;
  readonly expected: Octets;
  readonly got: Octets;
  /** The ends that it is about, whose ways say why. */
  readonly ends: readonly NodeId[];
}

/** Compares what is expected, and nothing else. @returns what differs, in the order of the test file */
export function judge(expectation: Expectation, observed: Observed): readonly Mismatch[] {
  const { recipients, deliveries, includes, not } = expectation;
  const mismatches = [
    ...judgeEnds(expectation.ends, observed),
    ...judgeMail(expectation, observed),
    ...(recipients === undefined ? [] : judgeRecipients(recipients, observed)),
    ...(deliveries === undefined ? [] : judgeDeliveries(deliveries, observed, { isWhole: true })),
    ...(includes === undefined ? [] : judgeDeliveries(includes, observed, { isWhole: false })),
    ...(not === undefined ? [] : judgeNot(not, observed)),
  ];
  return mismatches.sort((a, b) => a.at.line - b.at.line);
}

function judgeEnds(expected: ExpectedEnd, { ends }: Observed): readonly Mismatch[] {
  return [...expected].flatMap(([key, wanted]): readonly Mismatch[] => {
    const about = { at: wanted.at, expected: wanted.text };
    if (ends.length === 0) return [{ ...about, what: key, got: 'the mail ends nowhere', ends: [] }];
    return ends
      .filter((end) => !fits(end, key, wanted))
      .map((end) => ({
        ...about,
        what: ends.length === 1 ? key : `${key} of ${nameOf(end)}`,
        got: end.get(key) ?? 'none',
        ends: [end.destination.node],
      }));
  });
}

function judgeMail({ sender, queue, headers, log }: Conditions, observed: Observed): readonly Mismatch[] {
  const ends = observed.ends.map(({ destination }) => destination.node);
  const single = (what: string, wanted: Wanted | undefined, found: Octets): readonly Mismatch[] =>
    wanted === undefined || wanted.matches(found)
      ? []
      : [{ at: wanted.at, what, expected: wanted.text, got: found === '' ? '<>' : found, ends }];
  return [
    ...single('sender', sender, observed.sender),
    ...single('queue', queue, observed.queue),
    ...headers
      .filter((header) => findHeaders(header, observed).length === 0)
      .map((header) => missHeader(header, observed)),
    ...log
      .filter((wanted) => !observed.log.some(wanted.matches))
      .map(({ at, text }) => ({ at, what: 'log', expected: text, got: orNothing(observed.log), ends: [] })),
  ];
}

function missHeader({ name, at, value }: ExpectedHeader, observed: Observed): Mismatch {
  const { headers } = observed;
  const got = headers === undefined ? 'the message wasn’t queued' : orNothing(findHeaders({ name, at }, observed));
  return { at, what: toOctets(`header ${name}`), expected: value?.text ?? 'any', got, ends: [] };
}

/** The values of such headers. */
function findHeaders({ name, value }: ExpectedHeader, { headers = [] }: Observed): readonly Octets[] {
  return headers
    .filter((header) => header.name === name.toLowerCase() && (value === undefined || value.matches(header.value)))
    .map((header) => header.value);
}

function judgeRecipients(
  { at, items }: NonNullable<Expectation['recipients']>,
  { ends }: Observed,
): readonly Mismatch[] {
  const pairs = pairUp(items, ends, (wanted, end) => fits(end, 'recipient', wanted));
  if (items.length === ends.length && !pairs.includes(undefined)) return [];
  return [
    {
      at,
      what: 'recipients',
      expected: orNothing(items.map(({ text }) => text)),
      got: orNothing(ends.map(nameOf)),
      ends: ends.flatMap(({ destination }, index) => (pairs.includes(index) ? [] : [destination.node])),
    },
  ];
}

function judgeDeliveries(
  { at, items }: ExpectedEnds,
  { ends }: Observed,
  { isWhole }: { readonly isWhole: boolean },
): readonly Mismatch[] {
  const pairs = pairUp(items, ends, ({ end }, found) => [...end].every(([key, wanted]) => fits(found, key, wanted)));
  const others = ends.filter((_, index) => !pairs.includes(index));
  const nodes = others.map(({ destination }) => destination.node);
  const missing = items.flatMap((item, index): readonly Mismatch[] =>
    pairs[index] === undefined
      ? [
          {
            at: item.at,
            what: 'delivery',
            expected: [...item.end].map(([key, { text }]) => `${key}: ${text}`).join(', '),
            got: orNothing(others.map((other) => describe(other, [...item.end.keys()]))),
            ends: nodes,
          },
        ]
      : [],
  );
  if (!isWhole || missing.length > 0 || others.length === 0) return missing;
  const got = others.map((other) => describe(other, ['transport', 'nexthop', 'status'])).join('; ');
  return [{ at, what: 'deliveries', expected: `${items.length} and no more`, got: `also ${got}`, ends: nodes }];
}

function judgeNot(not: Conditions, observed: Observed): readonly Mismatch[] {
  const { ends, sender, queue, headers, log } = not;
  const single = (what: string, wanted: Wanted | undefined, found: readonly Octets[]): readonly Mismatch[] =>
    wanted === undefined
      ? []
      : found
          .filter(wanted.matches)
          .map((got) => ({ at: wanted.at, what, expected: `not ${wanted.text}`, got, ends: [] }));
  return [
    ...[...ends].flatMap(([key, wanted]) =>
      observed.ends
        .filter((end) => fits(end, key, wanted))
        .map((end) => ({
          at: wanted.at,
          what: `${key} of ${nameOf(end)}`,
          expected: `not ${wanted.text}`,
          got: end.get(key) ?? '',
          ends: [end.destination.node],
        })),
    ),
    ...single('sender', sender, [observed.sender]),
    ...single('queue', queue, [observed.queue]),
    ...headers.flatMap((header) =>
      findHeaders(header, observed).map((got) => ({
        at: header.at,
        what: toOctets(`header ${header.name}`),
        expected: header.value === undefined ? 'none' : `not ${header.value.text}`,
        got,
        ends: [],
      })),
    ),
    ...log.flatMap((wanted) => single('log', wanted, observed.log)),
  ];
}

/** Addresses may be written as they are within Postfix, or with the quotes that they have in mail. */
function fits(end: ObservedEnd, key: EndKey, { matches }: Wanted): boolean {
  const value = end.get(key);
  if (value === undefined) return false;
  return matches(value) || ((key === 'recipient' || key === 'orig_to') && matches(quoteAddress(value)));
}

function nameOf({ destination }: ObservedEnd): Octets {
  return quoteAddress(destination.recipient);
}

function describe(end: ObservedEnd, keys: readonly EndKey[]): Octets {
  const values = keys.filter((key) => key !== 'recipient').map((key) => `${key}: ${end.get(key) ?? 'none'}`);
  return [nameOf(end), ...values].join(', ');
}

function orNothing(texts: readonly Octets[]): Octets {
  return texts.length === 0 ? 'none' : texts.join('; ');
}
