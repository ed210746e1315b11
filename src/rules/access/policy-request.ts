import { encodeXtext } from '../address/xtext.ts';
import type { Octets } from '../octets.ts';
import type { PolicyQuestion } from '../question.ts';
import type { Evaluation } from './evaluation.ts';

/** The commands that are about the message as a whole: only there Postfix tells how many recipients it has. */
const OF_WHOLE_MESSAGE: ReadonlySet<string> = new Set(['DATA', 'END-OF-MESSAGE']);

/**
 * What a policy server is told of a command.
 * @param context policy_context
 * @see SMTPD_POLICY_README; Postfix's smtpd_check.c, check_policy_service
 */
export function toPolicyRequest(evaluation: Evaluation, context: Octets): PolicyQuestion['attributes'] {
  const { client, login, protocol, helo, sender, recipient, recipientCount, etrnDomain, facts } = evaluation;
  const where = evaluation.where === 'BDAT' ? 'DATA' : evaluation.where;
  const { tls } = client;
  const certificate = tls?.certificate;
  const vouched = certificate?.isTrusted === true ? certificate : undefined;
  return [
    ['request', 'smtpd_access_policy'],
    ['protocol_state', where],
    ['protocol_name', protocol],
    ['client_address', client.address],
    ['client_name', client.name],
    ['client_port', client.port],
    ['reverse_client_name', client.reverseName],
    ['server_address', client.serverAddress ?? ''],
    ['server_port', client.serverPort ?? ''],
    ['helo_name', helo ?? ''],
    ['sender', sender ?? ''],
    ['recipient', recipient ?? ''],
    ['recipient_count', OF_WHOLE_MESSAGE.has(where) ? String(recipientCount) : '0'],
    ['queue_id', recipientCount > 0 ? facts.queueId : ''],
    ['instance', facts.instance],
    ['size', String(facts.sizeBytes)],
    ['etrn_domain', etrnDomain ?? ''],
    // QUIRK: master(8) says `-o stress=` whatever main.cf has, and `yes` only where all processes are busy.
    ['stress', ''],
    ['sasl_method', login === '' ? '' : facts.loginMethod],
    ['sasl_username', login],
    ['sasl_sender', facts.authSender === '<>' ? '' : facts.authSender],
    ['ccert_subject', vouched === undefined ? '' : quoteName(vouched.subject)],
    ['ccert_issuer', vouched === undefined ? '' : quoteName(vouched.issuer)],
    ['ccert_fingerprint', certificate?.fingerprint ?? ''],
    ['ccert_pubkey_fingerprint', certificate?.publicKeyFingerprint ?? ''],
    ['encryption_protocol', tls?.protocol ?? ''],
    ['encryption_cipher', tls?.cipher ?? ''],
    ['encryption_keysize', String(tls?.usedBits ?? 0)],
    ['policy_context', context],
  ];
}

/** QUIRK: as xtext, but that `=` stays. */
function quoteName(name: Octets): Octets {
  return encodeXtext(name).replaceAll('+3D', '=');
}
