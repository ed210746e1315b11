import type { CommandWord } from '../../rules/address/command-line.ts';
import { parseAddressLiteral } from '../../rules/address/address-literal.ts';
import { findHostNameFault } from '../../rules/config/host-name.ts';
import { openDomainList } from '../../rules/lists/parameter-lists.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import { blame, decided, type Answer } from './decide.ts';
import { refuseUngreeted } from './helo.ts';
import type { SessionRules } from './rules.ts';
import type { Session } from './session.ts';

/**
 * ETRN: asks that mail for a domain is delivered now. Nothing waits here for a client to ask, so that it has no effect.
 * @see RFC 1985; Postfix's smtpd(8), flush(8)
 */
export function etrn(session: Session, words: readonly CommandWord[]): Answer {
  // QUIRK: of all replies these have no enhanced code.
  if (refuseUngreeted(session) !== undefined) return '503 Error: send HELO/EHLO first';
  if (session.transaction !== undefined) return '503 Error: MAIL transaction in progress';
  const [, word, ...more] = words;
  if (word === undefined || more.length > 0) return '500 Syntax: ETRN domain';
  const domain = word.text.replace(/^[@#]/, '');
  if (!isDomain(domain)) return '501 Error: invalid parameter syntax';
  return decided(session, { verb: 'ETRN', domain }, async () => {
    const { rules, signal } = session;
    if (rules === undefined) return '250 Queuing started';
    const { value } = await rules.decide(() => isFlushed(rules, toOctets(domain)), { signal });
    if (value === 'unavailable') return blame(session, undefined, '458 Unable to queue messages');
    return value ? '250 Queuing started' : blame(session, undefined, `459 <${domain}>: service unavailable`);
  });
}

function isDomain(text: string): boolean {
  const [, literal] = /^\[(.*)\]$/.exec(text) ?? [];
  return literal === undefined ? findHostNameFault(text) === undefined : !('fault' in parseAddressLiteral(literal));
}

function isFlushed({ view, world }: SessionRules, domain: Octets): boolean | 'unavailable' {
  const list = openDomainList('fast_flush_domains', view, world);
  return orIfUnavailable(() => list.has({ name: domain }, { stage: 'smtpd', steps: [] }), 'unavailable' as const);
}
