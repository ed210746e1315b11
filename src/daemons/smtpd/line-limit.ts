import type { Session } from './session.ts';

/** What a SASL response may have, where no rules say it. */
const DEFAULT_RESPONSE_LIMIT = 12_288;

/** How long the next line may be, in octets: a command's, or a response's of AUTH. */
export function readLineLimit({ continuation, settings, rules }: Session): number {
  if (continuation === undefined) return settings.get('line_length_limit');
  return rules?.view.integer('smtpd_sasl_response_limit') ?? DEFAULT_RESPONSE_LIMIT;
}
