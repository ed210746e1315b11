import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import type { CheckWorld } from './check-world.ts';
import { openViews, type View } from './view.ts';

/** @see postconf -a */
const TYPES = ['cyrus', 'dovecot'];

/** AUTH that can't work: a type that there isn't, or a server of Dovecot's without its socket. @see SASL_README */
export function* checkSasl(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['smtpd'])) {
    if (!view.isYes('smtpd_sasl_auth_enable')) continue;
    const type = view.get('smtpd_sasl_type');
    if (!TYPES.includes(type)) yield toUnknownType(type, view);
    else if (type === 'dovecot' && !/[/:]/.test(view.get('smtpd_sasl_path'))) yield toNoSocket(view);
    else if (type === 'cyrus' && /^(?:private\/|inet:|unix:|\/)/.test(view.get('smtpd_sasl_path')))
      yield toNoType(view);
  }
}

function toUnknownType(type: string, view: View): Finding {
  const nearest = findNearestName(type, TYPES);
  return {
    severity: 'error',
    code: 'sasl-type',
    at: view.placeOf('smtpd_sasl_type'),
    problem: `smtpd_sasl_type: there is no SASL server of the type ${type}`,
    why: 'smtpd ends when it starts, so that no mail is taken by SMTP.',
    hint: nearest === undefined ? `write one of ${TYPES.join(', ')}` : `write ${nearest}`,
    postfixLine: `warning: unsupported SASL server implementation: ${type}`,
  };
}

function toNoSocket(view: View): Finding {
  const path = view.get('smtpd_sasl_path');
  return {
    severity: 'error',
    code: 'sasl-path',
    at: view.isSet('smtpd_sasl_path') ? view.placeOf('smtpd_sasl_path') : view.placeOf('smtpd_sasl_type'),
    problem: `smtpd_sasl_path is ${path}, which is no socket of Dovecot’s`,
    why: 'smtpd can’t ask anybody which mechanisms there are, and ends.',
    hint: 'write smtpd_sasl_path = private/auth, or inet:HOST:PORT, as Dovecot’s service auth has it',
    postfixLine: `warning: SASL: Connect to Dovecot auth socket '${path}' failed: No such file or directory`,
  };
}

function toNoType(view: View): Finding {
  const path = view.get('smtpd_sasl_path');
  return {
    severity: 'warning',
    code: 'sasl-path',
    at: view.placeOf('smtpd_sasl_path'),
    problem: `smtpd_sasl_path is the socket ${path}, and smtpd_sasl_type is cyrus`,
    why: 'Cyrus SASL takes it for the name of its configuration file, and finds none.',
    hint: 'write smtpd_sasl_type = dovecot',
  };
}
