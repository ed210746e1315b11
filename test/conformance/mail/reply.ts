// How replies are recorded. @see reply in oracle/pforacle.py
import type { ReplyLines } from './smtp-client.ts';

/** What the server replied to a command; code 0: it hung up instead. */
export type Reply =
  | { readonly code: number; readonly enh?: string; readonly text: string }
  | { readonly code: number; readonly lines: readonly string[] };

/** The lines of a multi-line reply are one text. */
export function toReply(lines: ReplyLines): Reply {
  if (lines === null) return { code: 0, text: '(connection closed)' };
  const whole = lines.map((line) => line.slice(4)).join('\n');
  const [, enh, rest] = /^([245]\.\d+\.\d+) ([\s\S]*)$/.exec(whole) ?? [];
  const text = hideQueueId(rest ?? whole);
  return enh === undefined ? { code: toCode(lines), text } : { code: toCode(lines), enh, text };
}

/** The reply to EHLO, without the keyword by which clients are played. */
export function toEhloReply(lines: readonly string[]): Reply {
  const kept = lines.filter((line) => !announcesXclient(line));
  return { code: toCode(kept), lines: kept.map((line) => line.slice(4)) };
}

/** Whether a line of a reply is the keyword by which clients are played. */
export function announcesXclient(line: string): boolean {
  return /^\d+[ -]XCLIENT/.test(line);
}

/** `queued as <QID>` */
export function hideQueueId(text: string): string {
  return text.replace(/queued as \w+/g, 'queued as <QID>');
}

/** The queue IDs of which a reply tells, in their order. */
export function findQueueIds(lines: ReplyLines): readonly string[] {
  return [...(lines ?? []).join('\n').matchAll(/queued as (\w+)/g)].map(([, id = '']) => id);
}

function toCode(lines: readonly string[]): number {
  return Number(lines[0]?.slice(0, 3));
}
