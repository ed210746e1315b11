import { toOctets, toPrintable, fromOctets, type Octets } from '../../rules/octets.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import type { View } from '../../rules/world.ts';
import { carryOut, toRecord } from './commands.ts';
import type { Answer } from './decide.ts';
import { logSession, refuseForLocalData } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import type { SessionRules } from './rules.ts';
import type { Session } from './session.ts';

/**
 * Carries out a command line, or the one that smtpd_command_filter makes of it: for clients that speak what isn't quite
 * SMTP. Stays synchronous where there is no filter.
 * @param line without its line end
 * @see postconf(5), smtpd_command_filter
 */
export function carryOutFiltered(session: Session, line: string): Answer {
  const { rules } = session;
  if (rules === undefined || rules.view.get('smtpd_command_filter') === '') return carryOut(session, line);
  return replaceLine(session, rules, line).then((replaced) =>
    replaced === undefined ? refuseForLocalData(session, 'CONNECT') : carryOut(session, replaced),
  );
}

/** @returns undefined if the table can't answer */
async function replaceLine(
  session: Session,
  { view, decide }: SessionRules,
  line: string,
): Promise<string | undefined> {
  const { dialogue, signal } = session;
  const asked = line.replace(/^[ \t]+/, '');
  const { value } = await decide(() => find(view, toOctets(asked)), { signal });
  if (value === 'unavailable') return undefined;
  if (value === undefined) return line;
  const replaced = fromOctets(value.line);
  dialogue.note(`smtpd_command_filter makes it: ${toRecord(replaced)}`);
  const said = fromOctets(toPrintable(toOctets(toRecord(asked)), view.isYes('smtputf8_enable')));
  logSession(session, `${toPeerText(session)}: replacing client command "${said}" with "${toRecord(replaced)}"`);
  return replaced;
}

/** It is one table, not a list of them; an answer that is empty counts. */
function find(view: View, line: Octets): { readonly line: Octets } | 'unavailable' | undefined {
  const hit = orIfUnavailable(() => view.maps('smtpd_command_filter').tables[0]?.lookup(line), 'unavailable' as const);
  return hit === undefined || hit === 'unavailable' ? hit : { line: hit.value };
}
