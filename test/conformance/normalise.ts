// What varies from run to run is replaced in OUR output, by the oracle's own expressions; what was recorded is compared
// as it is. @see norm_cli and sort_warn in oracle/pforacle.py
import { toRegExp } from './python/regexp.ts';
import { compareCodePoints, splitLines } from './python/text.ts';

/** Output in which what varies is replaced. */
export interface Normalised {
  readonly text: string;
  /** The points of time that were replaced, as they were written. */
  readonly times: readonly WrittenTime[];
}

/** A point of time in a command's output. */
export interface WrittenTime {
  readonly written: string;
  /** Milliseconds since 1970; NaN if it is none. */
  readonly at: number;
}

type Replacement = readonly [pattern: RegExp, by: string, toTime?: (written: string) => number];

const sub = (pattern: string, by: string, toTime?: (written: string) => number): Replacement =>
  toTime === undefined ? [toRegExp(pattern, 'g'), by] : [toRegExp(pattern, 'g'), by, toTime];

const fromSeconds = (written: string): number => Number(/\d+(?=\D*$)/.exec(written)?.[0]) * 1000;
/** `<20261124182830.` */
const fromDigits = (written: string): number =>
  Date.parse(written.replace(/^<(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.$/, '$1-$2-$3T$4:$5:$6Z'));
/** `Tue Nov 24 18:28:30 2026`, in UTC as all of the world. */
const fromCtime = (written: string): number => Date.parse(`${written} UTC`);

/** norm_cli's substitutions, in its order. */
const SUBSTITUTIONS: readonly Replacement[] = [
  sub(String.raw`(?<=[\w/-])\[\d+\](?=:)`, '[PID]'),
  sub(String.raw`(PID: |pid=|pid |process )\d+`, '$1<PID>'),
  sub(String.raw`(?m)^(<Q\d+>)([*!#]?) +\d+ \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d  `, '$1$2 <SIZE> <TIME>  '),
  sub(String.raw`"arrival_time": \d+, "message_size": \d+`, '"arrival_time": <TIME>, "message_size": <SIZE>'),
  sub(String.raw`(?m)^( *\d+ )?(message_size: +)[\d ]+$`, '$2<SIZES>'),
  sub(String.raw`\b(deferred|defer|incoming|hold|active)/[0-9A-F]/(?=<Q)`, '$1/<X>/'),
  sub(String.raw`\b\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}`, '<TIME>', fromCtime),
  sub(String.raw`\b\w{3}, +\d+ \w{3} (?!1999)\d{4} [\d:]+ [+-]\d{4} \(\w+\)`, '<DATE>', Date.parse),
  sub(String.raw`<\d{14}\.`, '<<TIME>.', fromDigits),
  sub(String.raw`postfix/postfix-script: waiting for the Postfix mail system to terminate\n`, ''),
  sub(String.raw`queued as \w+`, 'queued as <QID>'),
  sub(String.raw`(YP_LAST_MODIFIED:?\t)\d+`, '$1<TIME>', fromSeconds),
  sub(String.raw`(?m)^\w{3} [ \d]\d \d\d:\d\d:\d\d (?=\w+ [\w/.-]+\[PID\])`, '<TIME> '),
  sub(String.raw`create_time=\d+`, 'create_time=<TIME>', fromSeconds),
  sub(String.raw`\bdelay=[\d.]+, delays=[\d./]+`, 'delay=<D>, delays=<D>'),
  sub(String.raw`(from=<[^ ]*>, )size=\d+`, '$1size=<SIZE>'),
];

const PARAMETER_WARNING = /(unused|undefined) parameter: /;

/**
 * What a command wrote, or left in a file.
 * @param queueIds of the case's messages, in their order: each becomes `<Q1>`, `<Q2>` …
 */
export function normaliseOutput(written: string, queueIds: readonly string[] = []): Normalised {
  const times: WrittenTime[] = [];
  let text = queueIds.reduce((rest, id, i) => rest.replaceAll(id, `<Q${i + 1}>`), written);
  for (const [pattern, by, toTime] of SUBSTITUTIONS) {
    if (toTime) for (const [found] of text.matchAll(pattern)) times.push({ written: found, at: toTime(found) });
    text = text.replace(pattern, by);
  }
  return { text, times };
}

/** Warnings of unused and undefined parameters come in a hash table's order: each block of them is sorted. */
export function sortWarnings(text: string): string {
  const out: string[] = [];
  let block: string[] = [];
  for (const line of splitLines(text)) {
    if (PARAMETER_WARNING.test(line)) {
      block.push(line);
      continue;
    }
    out.push(...block.sort(compareCodePoints), line);
    block = [];
  }
  return [...out, ...block.sort(compareCodePoints)].join('');
}
