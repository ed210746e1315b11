import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { View } from '../world.ts';
import { expandReplyText, type ReplyFacts } from './expand-reply.ts';

/** What a footer may name. */
export interface FooterFacts extends Omit<ReplyFacts, 'others'> {
  /** The first recipient that was taken. QUIRK: the one that is refused is forgotten before the reply is made. */
  readonly recipient: Octets | undefined;
  /** `Nov 25 04:40:00`, in the server's time zone. */
  readonly localTime: Octets;
}

/**
 * Makes a refusal what smtpd(8) sends of it: with the text of smtpd_reject_footer or its maps behind it, and 4yz in the
 * place of 5yz if soft_bounce says so. Every other reply stays as it is.
 * @param reply one line, or several separated by CRLF
 * @throws {Unanswered} if a map has to ask outside
 * @see postconf(5), smtpd_reject_footer, soft_bounce
 */
export function dressReply(reply: Octets, view: View, facts: () => FooterFacts): Octets {
  if (!/^[45]/.test(reply)) return reply;
  const written = findFooter(reply, view);
  const footer = written === '' ? undefined : expandFooter(written, view, facts());
  const whole = footer === undefined ? reply : addFooter(reply, footer);
  if (!view.isYes('soft_bounce')) return whole;
  return whole
    .split('\r\n')
    .map((line) => line.replace(/^5(\d\d[ -])5\./, '4$14.').replace(/^5/, '4'))
    .join('\r\n');
}

function findFooter(reply: Octets, view: View): Octets {
  const maps = view.maps('smtpd_reject_footer_maps');
  try {
    const hit = maps.find(reply, { stage: 'smtpd', steps: [] });
    if (hit !== undefined) return hit.value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
  }
  return view.raw('smtpd_reject_footer') ?? '';
}

/** Each line of a footer is a line of the reply; with `\c` before it, it follows the reply's own text. */
function addFooter(reply: Octets, footer: Octets): Octets {
  const last = reply.slice(reply.lastIndexOf('\n') + 1);
  const [, code = '', enhanced = ''] = /^(\d\d\d)[ -]([245]\.\d{1,3}\.\d{1,3} )?/.exec(last) ?? [];
  const isContinued = footer.startsWith('\\c');
  const [first = '', ...rest] = (isContinued ? footer.slice(2) : footer).split(/\\n|\r?\n/);
  const own = isContinued ? [`${reply}${first}`] : [reply, `${code} ${enhanced}${first}`];
  const lines = [...own, ...rest.map((line) => `${code} ${enhanced}${line}`)].join('\r\n').split('\r\n');
  return lines.map((line, index) => (index < lines.length - 1 ? line.replace(/^(\d\d\d) /, '$1-') : line)).join('\r\n');
}

/** @returns undefined if it can't be expanded: the reply goes without */
function expandFooter(footer: Octets, view: View, { localTime, ...facts }: FooterFacts): Octets | undefined {
  return expandReplyText(footer, view, { ...facts, others: new Map([['localtime', localTime]]) });
}
