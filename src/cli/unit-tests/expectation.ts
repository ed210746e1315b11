import { readFields, readTexts, readWord } from './fields.ts';
import type { Mistakes, Place } from './mistakes.ts';
import { readWanted, type Comparison, type Wanted } from './wanted.ts';
import type { YamlEntry, YamlValue } from './yaml-value.ts';

/** What is compared of a destination, and of the reply that its recipient got. */
export type EndKey = keyof typeof END_KEYS | ReplyKey;

/** What a test expects of mail. Nothing else is compared. */
export interface Expectation extends Conditions {
  /** Exactly these destinations, in any order. */
  readonly deliveries?: ExpectedEnds;
  /** These destinations, and maybe others. */
  readonly includes?: ExpectedEnds;
  /** Exactly these final recipients, in any order. */
  readonly recipients?: { readonly at: Place; readonly items: readonly Wanted[] };
  /** Of these none may hold. */
  readonly not?: Conditions;
}

/** What holds, each by itself. */
export interface Conditions {
  /** Of each destination. */
  readonly ends: ExpectedEnd;
  readonly sender?: Wanted;
  readonly queue?: Wanted;
  readonly headers: readonly ExpectedHeader[];
  /** Of some line of the log. */
  readonly log: readonly Wanted[];
}

/** What holds of one destination. */
export type ExpectedEnd = ReadonlyMap<EndKey, Wanted>;

/** Several destinations. */
export interface ExpectedEnds {
  readonly at: Place;
  readonly items: readonly { readonly at: Place; readonly end: ExpectedEnd }[];
}

/** A header of the message as it is queued. */
export interface ExpectedHeader {
  readonly name: string;
  readonly at: Place;
  /** Absent: any value will do. */
  readonly value?: Wanted;
}

const END_KEYS = {
  transport: 'whole',
  nexthop: 'whole',
  recipient: 'whole',
  orig_to: 'whole',
  status: 'whole',
  dsn: 'whole',
  text: 'whole',
  mailbox: 'path',
  command: 'whole',
  reply: 'start',
} as const satisfies Record<string, Comparison>;

type ReplyKey = `reply ${keyof typeof REPLY_KEYS}`;

const REPLY_KEYS = { code: 'whole', enhanced: 'whole', text: 'start', stage: 'whole' } as const satisfies Record<
  string,
  Comparison
>;

const STATUSES = ['sent', 'deferred', 'bounced', 'discarded', 'held', 'rejected'] as const;
const STAGES = ['CONNECT', 'HELO', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'END-OF-DATA'] as const;
const QUEUES = ['none', 'active', 'deferred', 'hold'] as const;

const END_NAMES = listKeys(END_KEYS);
const CONDITION_NAMES = [...END_NAMES, 'sender', 'queue', 'headers', 'log'] as const;
const EXPECTATION_NAMES = [...CONDITION_NAMES, 'recipients', 'deliveries', 'includes', 'not'] as const;

/** Reads what stands under `expect:`. */
export function readExpectation({ keyAt, value }: YamlEntry, mistakes: Mistakes): Expectation {
  const fields = readFields(value, { what: 'expect', keys: EXPECTATION_NAMES }, mistakes);
  if (value.kind === 'map' && value.entries.length === 0) {
    mistakes.add(keyAt, 'nothing is expected', 'write what holds, such as status: sent');
  }
  const not = fields.get('not');
  const deliveries = readEnds(fields.get('deliveries'), mistakes);
  const includes = readEnds(fields.get('includes'), mistakes);
  const recipients = fields.get('recipients');
  return {
    ...readConditions(fields, mistakes),
    ...(deliveries && { deliveries }),
    ...(includes && { includes }),
    ...(recipients && {
      recipients: { at: recipients.keyAt, items: readWanteds(recipients, 'whole', mistakes) },
    }),
    ...(not && {
      not: readConditions(readFields(not.value, { what: 'not', keys: CONDITION_NAMES }, mistakes), mistakes),
    }),
  };
}

function readConditions(fields: ReadonlyMap<string, YamlEntry>, mistakes: Mistakes): Conditions {
  const sender = readNamed(fields.get('sender'), mistakes);
  const queue = readChoice(fields.get('queue'), { what: 'queue', words: QUEUES }, mistakes);
  const log = fields.get('log');
  return {
    ends: readEnd(fields, mistakes),
    ...(sender && { sender }),
    ...(queue && { queue }),
    headers: readHeaders(fields.get('headers'), mistakes),
    log: log === undefined ? [] : readWanteds(log, 'part', mistakes),
  };
}

function readEnds(entry: YamlEntry | undefined, mistakes: Mistakes): ExpectedEnds | undefined {
  if (entry === undefined) return undefined;
  const { key, keyAt, value } = entry;
  if (value.kind !== 'list') {
    mistakes.add(keyAt, `${key} is a list`, 'begin each delivery with a dash');
    return undefined;
  }
  const items = value.items.map((item) => ({
    at: item.at,
    end: readEnd(readFields(item, { what: 'a delivery', keys: END_NAMES }, mistakes), mistakes),
  }));
  return { at: keyAt, items };
}

function readEnd(fields: ReadonlyMap<string, YamlEntry>, mistakes: Mistakes): ExpectedEnd {
  const end = new Map<EndKey, Wanted>();
  for (const name of END_NAMES) {
    const entry = fields.get(name);
    if (entry === undefined) continue;
    if (name === 'reply' && isReplyMap(entry.value)) {
      for (const [key, wanted] of readReply(entry.value, mistakes)) end.set(key, wanted);
      continue;
    }
    const wanted =
      name === 'status'
        ? readChoice(entry, { what: 'status', words: STATUSES }, mistakes)
        : readWanted(entry.value, END_KEYS[name], mistakes);
    if (wanted !== undefined) end.set(name, wanted);
  }
  return end;
}

function isReplyMap(value: YamlValue): boolean {
  return value.kind === 'map' && value.entries.every(({ key }) => key !== 'matches');
}

function readReply(value: YamlValue, mistakes: Mistakes): readonly (readonly [EndKey, Wanted])[] {
  const names = listKeys(REPLY_KEYS);
  const fields = readFields(value, { what: 'reply', keys: names }, mistakes);
  return names.flatMap((name): readonly (readonly [EndKey, Wanted])[] => {
    const entry = fields.get(name);
    if (entry === undefined) return [];
    const wanted =
      name === 'stage'
        ? readChoice(entry, { what: 'stage', words: STAGES }, mistakes)
        : readWanted(entry.value, REPLY_KEYS[name], mistakes);
    return wanted === undefined ? [] : [[`reply ${name}`, wanted]];
  });
}

/** One of some words, or a pattern. */
function readChoice(
  entry: YamlEntry | undefined,
  choice: { readonly what: string; readonly words: readonly string[] },
  mistakes: Mistakes,
): Wanted | undefined {
  if (entry === undefined) return undefined;
  const { value } = entry;
  if (value.kind === 'text' && !value.text.startsWith('/')) readWord(value, choice, mistakes);
  return readWanted(value, 'whole', mistakes);
}

/** An address; the null sender may be written `<>`. */
function readNamed(entry: YamlEntry | undefined, mistakes: Mistakes): Wanted | undefined {
  if (entry === undefined) return undefined;
  const wanted = readWanted(entry.value, 'whole', mistakes);
  return wanted?.text === '<>' ? { ...wanted, matches: (found) => found === '' } : wanted;
}

function readWanteds({ value }: YamlEntry, how: Comparison, mistakes: Mistakes): readonly Wanted[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => readWanted(item, how, mistakes) ?? []);
}

/** Names that are there, or names with their values. */
function readHeaders(entry: YamlEntry | undefined, mistakes: Mistakes): readonly ExpectedHeader[] {
  if (entry === undefined) return [];
  if (entry.value.kind !== 'map') return readTexts(entry, mistakes).map(({ text, at }) => ({ name: text, at }));
  return entry.value.entries.flatMap(({ key, keyAt, value }) => {
    const wanted = readWanted(value, 'whole', mistakes);
    return wanted === undefined ? [] : [{ name: key, at: keyAt, value: wanted }];
  });
}

function listKeys<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  // The tables are written out above: they have these keys and no others.
  return Object.keys(table) as K[];
}
