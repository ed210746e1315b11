import type { Finding } from '../config/finding.ts';
import { toServiceName } from '../config/master-cf.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { openViews, type View } from './view.ts';

/** The files of a TLS server or client, and what OpenSSL calls what is in them. */
const FILES: readonly { readonly suffix: string; readonly what: string }[] = [
  { suffix: 'cert_file', what: 'RSA certificate' },
  { suffix: 'key_file', what: 'RSA private key' },
  { suffix: 'dcert_file', what: 'DSA certificate' },
  { suffix: 'dkey_file', what: 'DSA private key' },
  { suffix: 'eccert_file', what: 'ECDSA certificate' },
  { suffix: 'eckey_file', what: 'ECDSA private key' },
];

const CERTIFICATES: readonly Octets[] = [
  'smtpd_tls_cert_file',
  'smtpd_tls_dcert_file',
  'smtpd_tls_eccert_file',
  'smtpd_tls_chain_files',
];

const LEVELS: Readonly<Record<'smtpd' | 'smtp', readonly string[]>> = {
  smtpd: ['none', 'may', 'encrypt'],
  smtp: ['none', 'may', 'encrypt', 'dane', 'dane-only', 'fingerprint', 'verify', 'secure'],
};

/** TLS that was meant and won't be there: no certificate, files that can't be read, levels that there aren't. */
export function* checkTls(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['smtpd'])) {
    yield* checkFiles('smtpd', world, view);
    yield* checkLevel('smtpd', view);
    yield* checkCertificate(view);
    yield* checkAuthOnly(view);
  }
  for (const view of openViews(world, ['smtp', 'lmtp'])) {
    yield* checkFiles('smtp', world, view);
    yield* checkLevel('smtp', view);
  }
}

function* checkFiles(side: 'smtpd' | 'smtp', world: CheckWorld, view: View): Generator<Finding> {
  for (const { suffix, what } of FILES) {
    const parameter = `${side}_tls_${suffix}`;
    const path = view.isSet(parameter) ? view.get(parameter) : '';
    if (!path.startsWith('/')) continue;
    const file = world.readFile(path);
    if ('text' in file) continue;
    yield toMissing(
      { parameter, path, fault: file.fault, view },
      `warning: cannot get ${what} from file "${path}": disabling TLS support`,
    );
  }
  for (const suffix of ['CAfile', 'chain_files']) {
    const parameter = `${side}_tls_${suffix}`;
    if (!view.isSet(parameter)) continue;
    for (const { text: path } of view.words(parameter)) {
      if (!path.startsWith('/')) continue;
      const file = world.readFile(path);
      if ('fault' in file) yield toMissing({ parameter, path, fault: file.fault, view });
    }
  }
}

function toMissing(
  { parameter, path, fault, view }: { parameter: Octets; path: Octets; fault: string; view: View },
  postfixLine?: string,
): Finding {
  const isServer = parameter.startsWith('smtpd_');
  return {
    severity: 'warning',
    code: 'tls-file-missing',
    at: view.placeOf(parameter),
    problem: `${parameter} names ${path}, which can’t be read: ${fault}`,
    why: isServer
      ? 'Without it production answers STARTTLS with 454 4.7.0 TLS not available due to local problem. Here a certificate of our own does.'
      : 'Without it production sends no mail by TLS.',
    hint: `put the file there, map its path with catch_path_map, or leave it if only production has it`,
    ...(postfixLine === undefined ? {} : { postfixLine }),
  };
}

function* checkLevel(side: 'smtpd' | 'smtp', view: View): Generator<Finding> {
  const parameter = `${side}_tls_security_level`;
  const level = view.isSet(parameter) ? view.get(parameter) : '';
  if (level === '' || LEVELS[side].includes(level.toLowerCase())) return;
  const isHigher = LEVELS.smtp.includes(level.toLowerCase());
  yield {
    severity: isHigher ? 'warning' : 'error',
    code: 'tls-level',
    at: view.placeOf(parameter),
    problem: `${parameter} has no level ${level}`,
    why: isHigher ? 'It is a level of clients: smtpd takes encrypt instead.' : 'Postfix ends where it needs it.',
    hint: `write one of ${LEVELS[side].join(', ')}`,
    postfixLine: isHigher
      ? `warning: ${parameter}: unsupported TLS level "${level}", using "encrypt"`
      : `fatal: Invalid TLS level "${level}"`,
  };
}

/** Whether STARTTLS is offered, or TLS begins at once; and what says so. */
function findTls(view: View): Octets | undefined {
  if (view.isYes('smtpd_tls_wrappermode')) return 'smtpd_tls_wrappermode';
  const level = view.get('smtpd_tls_security_level').toLowerCase();
  // With a level that there isn't smtpd doesn't come to TLS.
  if (level !== '') return level !== 'none' && LEVELS.smtp.includes(level) ? 'smtpd_tls_security_level' : undefined;
  return ['smtpd_enforce_tls', 'smtpd_use_tls'].find((name) => view.isYes(name));
}

function* checkCertificate(view: View): Generator<Finding> {
  const reason = findTls(view);
  if (reason === undefined || CERTIFICATES.some((name) => view.get(name) !== '')) return;
  const where = view.service !== undefined && view.isOwn(reason) ? ` of ${toServiceName(view.service)}` : '';
  yield {
    severity: 'warning',
    code: 'tls-no-certificate',
    at: view.placeOf(reason),
    problem: `${reason}${where} asks for TLS, and there is no certificate`,
    why: 'Production announces STARTTLS and answers it with 454 4.7.0 TLS not available due to local problem. Here a certificate of our own does.',
    hint: 'set smtpd_tls_chain_files, or smtpd_tls_cert_file and smtpd_tls_key_file',
    postfixLine: "warning: No server certs available. TLS won't be enabled",
  };
}

function* checkAuthOnly(view: View): Generator<Finding> {
  if (!view.isYes('smtpd_tls_auth_only') || !view.isYes('smtpd_sasl_auth_enable') || findTls(view)) return;
  yield {
    severity: 'warning',
    code: 'auth-never-offered',
    at: view.isSet('smtpd_tls_auth_only')
      ? view.placeOf('smtpd_tls_auth_only')
      : view.placeOf('smtpd_sasl_auth_enable'),
    problem: 'smtpd_tls_auth_only is on, and TLS is off',
    why: 'AUTH is offered within TLS alone, so that nobody can log in.',
    hint: 'write smtpd_tls_security_level = may',
  };
}
