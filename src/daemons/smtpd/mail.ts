import type { CommandWord } from '../../rules/address/command-line.ts';
import { findSmtputf8, parseMailParameters } from '../../rules/address/parameters.ts';
import type { VerpOptions } from '../../rules/address/verp.ts';
import { toOctets } from '../../rules/octets.ts';
import { countEvent } from './client-limits.ts';
import { asksRules, blame, decided, refused, type Answer } from './decide.ts';
import { isDiscarded, takesSmtputf8 } from './ehlo-keywords.ts';
import { refuseUngreeted } from './helo.ts';
import { describeCommand, logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import { readPath } from './read-path.ts';
import type { Session } from './session.ts';

/**
 * MAIL: opens a transaction.
 * @see RFC 5321 §4.1.1.2
 */
export function mail(session: Session, words: readonly CommandWord[]): Answer {
  if (session.transaction !== undefined) return '503 5.5.1 Error: nested MAIL command';
  const refusal = refuseUngreeted(session);
  if (refusal !== undefined) return refusal;
  if (session.chunks !== undefined) return '503 5.5.1 Error: MAIL after BDAT';
  const [, keyword, word, ...options] = words;
  if (word === undefined || keyword?.text.toLowerCase() !== 'from:') return '501 5.5.4 Syntax: MAIL FROM:<address>';
  const beyond = countEvent(session, 'message');
  if (beyond !== undefined) return beyond;

  const smtputf8 = findSmtputf8(options);
  if (smtputf8 !== undefined && asksRules(session) && !takesSmtputf8(session)) {
    return `555 5.5.4 Unsupported option: ${smtputf8.text}`;
  }
  const reversePath = readPath(session, word, smtputf8 !== undefined);
  if (reversePath === undefined) return '501 5.1.7 Bad sender address syntax';
  const parsed = parseMailParameters(options, {
    sizeLimitBytes: session.settings.get('message_size_limit'),
    hasDsn: !isDiscarded('DSN', session),
    verp: readVerpOptions(session),
  });
  if ('refusal' in parsed) {
    const { refusal } = parsed;
    const path = { verb: 'MAIL', sender: toOctets(reversePath.mailbox), smtputf8: smtputf8 !== undefined } as const;
    return refused(session, path, () => {
      if (!refusal.startsWith('552')) return refusal;
      if (refusal.endsWith('fixed limit')) logTooLarge(session, reversePath.text, refusal);
      return blame(session, 'policy', refusal);
    });
  }

  const parameters = parsed.value;
  if (parameters.verp !== undefined && reversePath.mailbox === '') {
    return blame(session, undefined, '503 5.5.4 Error: XVERP requires non-null sender');
  }
  return decided(session, { verb: 'MAIL', path: reversePath, parameters }, () => {
    const startLine = session.dialogue.lineCount - 1;
    session.transaction = {
      reversePath,
      parameters,
      startLine,
      recipients: [],
      refused: [],
      queueId: undefined,
      policyAnswers: {},
      overshoot: 0,
    };
    return '250 2.1.0 Ok';
  });
}

/** @returns undefined: this client may not say XVERP */
function readVerpOptions({ allowance, rules }: Session): VerpOptions | undefined {
  if (rules === undefined || !allowance.xverp) return undefined;
  const { view } = rules;
  return { delimiters: view.get('default_verp_delimiters'), filter: view.get('verp_delimiter_filter') };
}

/** Of the refusals of parameters, Postfix logs that of a message that is too large. */
function logTooLarge(session: Session, sender: string, refusal: string): void {
  const facts = describeCommand(session, { sender });
  logSession(session, `reject: MAIL from ${toPeerText(session)}: ${refusal}; ${facts}`, true);
}
