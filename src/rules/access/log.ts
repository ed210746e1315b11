import { toLogForm } from '../address/log-form.ts';
import { toPrintable, type Octets } from '../octets.ts';
import { toClientText, type Evaluation } from './evaluation.ts';

/**
 * Logs what is done about a command, with all that is known of it.
 * @param action `reject`, `hold`
 * @see Postfix's smtpd_check.c, log_whatsup
 */
export function logAbout(evaluation: Evaluation, action: string, text: Octets): void {
  const { where, sender, recipient, helo, protocol, recipientCount, view } = evaluation;
  const facts = [
    ...(sender === undefined ? [] : [`from=<${toLogForm(sender, view)}>`]),
    ...(recipient === undefined ? [] : [`to=<${toLogForm(recipient, view)}>`]),
    `proto=${protocol}`,
    ...(helo === undefined ? [] : [`helo=<${helo}>`]),
  ];
  const id = recipientCount > 0 ? '' : 'NOQUEUE: ';
  add(evaluation, `${id}${action}: ${where} from ${toClientText(evaluation)}: ${text}; ${facts.join(' ')}`);
}

/** Logs a warning. */
export function warn(evaluation: Evaluation, text: Octets): void {
  add(evaluation, `warning: ${text}`);
}

function add({ log, view }: Evaluation, text: Octets): void {
  log.push({ program: 'smtpd', text: toPrintable(text, view.isYes('smtputf8_enable')) });
}
