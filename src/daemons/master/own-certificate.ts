import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Settings } from '../../settings/settings.ts';
import type { CertificateOptions } from '../smtpd/certificate.ts';

/**
 * For whom our own certificate is, and where it is kept: below the data directory, unless nothing is to be written. It
 * is for this machine by every name that a client of it uses, and for `myhostname`.
 */
export function toCertificateOptions(settings: Settings, clock: Pick<Clock, 'nowMs'>): CertificateOptions {
  return {
    directory: settings.get('catch_ephemeral') ? undefined : join(settings.get('catch_data_directory'), 'tls'),
    names: [...new Set(['localhost', settings.get('myhostname'), hostname(), '127.0.0.1', '::1'])].filter(Boolean),
    clock,
  };
}
