import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';
import type { ContentDecision, ContentLog } from './content-decision.ts';

/** What a check looked at. */
export interface CheckSubject {
  readonly context: 'header' | 'body';
  readonly text: Octets;
  /** `mime_header_checks` */
  readonly parameter: Octets;
}

/** What becomes of the text. */
export type CheckOutcome =
  { readonly kind: 'keep' | 'drop' } | { readonly kind: 'replace' | 'prepend'; readonly text: Octets };

const KEEP: CheckOutcome = { kind: 'keep' };
const DROP: CheckOutcome = { kind: 'drop' };
const LOGGED_CHARACTERS = 200;

/**
 * Does what a table of checks says.
 * @param value the table's answer: `REJECT no such thing here`
 * @see header_checks(5), "RESULT FORMAT"
 */
export function act(value: Octets, subject: CheckSubject, decision: ContentDecision): CheckOutcome {
  const { word, text } = split(value);
  const { context, parameter } = subject;
  const { log } = decision;
  const note = (action: string, details: Octets = text) => {
    const about = `${context} ${subject.text.slice(0, LOGGED_CHARACTERS)} ${log.describe({ hasSession: true })}`;
    log.info(`${action}: ${about}${details === '' ? '' : `: ${details}`}`);
  };
  switch (word) {
    case 'REJECT': {
      const reason = toReason(text, log);
      decision.rejection = { state: 'rejected', code: reason.dsn.startsWith('4') ? 451 : 550, ...reason };
      decision.isChecking = false;
      note('reject', `${reason.dsn} ${reason.text}`);
      return KEEP;
    }
    case 'WARN':
      note('warning');
      return KEEP;
    case 'INFO':
      note('info');
      return KEEP;
    case 'PASS':
      note('pass');
      decision.isChecking = false;
      return KEEP;
    case 'DISCARD':
      note('discard');
      decision.discard = text;
      decision.isChecking = false;
      return KEEP;
    case 'HOLD':
      if (decision.hold === undefined) {
        note('hold');
        decision.hold = text;
      }
      return KEEP;
    case 'FILTER':
      if (text === '') {
        log.warn(`missing FILTER command argument in ${parameter} map`);
      } else if (!text.includes(':')) {
        log.warn(`bad FILTER command ${text} in ${parameter} -- need transport:destination`);
      } else {
        decision.filter = text;
        note('filter');
      }
      return KEEP;
    case 'REDIRECT':
      if (!text.includes('@')) {
        log.warn(`bad REDIRECT target "${text}" in ${parameter} map -- need user@domain`);
      } else {
        decision.redirect = text;
        note('redirect');
        decision.isChecking = false;
      }
      return KEEP;
    case 'BCC':
      if (!text.includes('@')) {
        log.warn(`bad BCC address "${text}" in ${parameter} map -- need user@domain`);
      } else {
        decision.bcc.push(text);
        note('bcc');
      }
      return KEEP;
    case 'PREPEND':
    case 'REPLACE':
      if (text === '') {
        log.warn(`${word} action without text in ${parameter} map`);
        return KEEP;
      }
      if (context === 'header' && measureHeaderName(text) === 0) {
        log.warn(`bad ${word} header text "${text}" in ${parameter} map -- need "headername: headervalue"`);
        return KEEP;
      }
      note(word.toLowerCase());
      return { kind: word === 'PREPEND' ? 'prepend' : 'replace', text };
    case 'STRIP':
      note('strip');
      return DROP;
    case 'IGNORE':
      return DROP;
    case 'DUNNO':
    case 'OK':
      return KEEP;
    default:
      log.warn(`unknown command in ${parameter} map: ${value}`);
      return KEEP;
  }
}

function split(value: Octets): { readonly word: Octets; readonly text: Octets } {
  const end = /[ \t]|$/.exec(value)?.index ?? value.length;
  return { word: value.slice(0, end).toUpperCase(), text: value.slice(end).replace(/^\s+/, '') };
}

function toReason(text: Octets, log: ContentLog): { readonly dsn: string; readonly text: Octets } {
  if (text === '') return { dsn: '5.7.1', text: 'message content rejected' };
  const { dsn, words } = /^(?<dsn>[245]\.\d{1,3}\.\d{1,3})(?:\s+(?<words>.*)|$)/s.exec(text)?.groups ?? {};
  if (dsn === undefined) return { dsn: '5.7.1', text };
  if (!dsn.startsWith('2')) return { dsn, text: words ?? '' };
  log.warn(`bad DSN action in ${text} -- need 4.x.x or 5.x.x`);
  return { dsn: `4${dsn.slice(1)}`, text: words ?? '' };
}
