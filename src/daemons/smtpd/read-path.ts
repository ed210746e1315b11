import type { CommandWord } from '../../rules/address/command-line.ts';
import { parsePath, type Path } from '../../rules/address/path.ts';
import { asksRules } from './decide.ts';
import type { Session } from './session.ts';

/**
 * Reads the path of MAIL or RCPT as the listener takes it.
 * @param smtputf8 whether the transaction has it
 * @see {@link parsePath}; postconf(5), strict_rfc821_envelopes
 */
export function readPath(session: Session, word: CommandWord, smtputf8: boolean): Path | undefined {
  return parsePath(word, {
    smtputf8,
    checksDomain: !asksRules(session),
    isStrict: session.rules?.view.isYes('strict_rfc821_envelopes') === true,
  });
}
