import type { Octets } from '../octets.ts';

/** A line of a message as Postfix's daemons hand it on: over-long ones in pieces. */
export interface ContentRecord {
  /** Without line end; a stray CR is a space, as Postfix makes it. */
  readonly text: Octets;
  /** Where it is in the raw octets, line end included. `start === end`: it isn't there, but was put in. */
  readonly start: number;
  readonly end: number;
  /** The line goes on in the next record. */
  readonly isPartial: boolean;
  /** Characters of it were left out. */
  readonly isStripped?: true;
}

const CR = 13;
const LF = 10;

/** Where the line that begins at `from` ends, line end included. */
function findLineEnd(raw: Buffer, from: number): number {
  const at = raw.indexOf(LF, from);
  return at < 0 ? raw.length : at + 1;
}

/**
 * Cuts a line into records, and hands on one after another: no more than one is there at a time.
 * @param start where it begins
 * @param limit line_length_limit: so many octets are in a record
 * @returns where the line ends, line end included
 */
export function cutLine(raw: Buffer, start: number, limit: number, take: (record: ContentRecord) => void): number {
  const end = findLineEnd(raw, start);
  const textEnd = findTextEnd(raw, start, end);
  let at = start;
  for (; textEnd - at >= limit && at + limit < end; at += limit) {
    take({ text: readText(raw, at, at + limit), start: at, end: at + limit, isPartial: true });
  }
  take({ text: readText(raw, at, textEnd), start: at, end, isPartial: false });
  return end;
}

/** A record that isn't in the raw octets. @param at before which of them it stands */
export function makeRecord(text: Octets, at: number): ContentRecord {
  return { text, start: at, end: at, isPartial: false };
}

/** What there is before a NUL: where Postfix takes text as a string of C, the rest is lost. */
export function cutAtNul(text: Octets): Octets {
  const at = text.indexOf('\0');
  return at < 0 ? text : text.slice(0, at);
}

function readText(raw: Buffer, start: number, end: number): Octets {
  return raw.toString('latin1', start, end).replaceAll('\r', ' ');
}

/** All CRs before the LF belong to the line end. */
function findTextEnd(raw: Buffer, start: number, end: number): number {
  if (end === start || raw[end - 1] !== LF) return end;
  let at = end - 1;
  while (at > start && raw[at - 1] === CR) at -= 1;
  return at;
}
