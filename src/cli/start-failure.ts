import type { Settings } from '../settings/settings.ts';
import { StoreCorruptError } from '../store/store.ts';

/**
 * Says why the server couldn't start, and how to mend it, where the user can.
 * @returns undefined if the fault is ours
 */
export function describeStartFailure(error: unknown, settings: Settings): string | undefined {
  if (error instanceof StoreCorruptError) {
    return `${error.message}\n  hint: move ${settings.get('catch_data_directory')} away, or keep messages elsewhere with --data DIR`;
  }
  if (!isSystemError(error)) return undefined;
  if (error.syscall === 'listen' || error.syscall === 'bind') return describeListenFailure(error, settings);
  if (error.syscall === 'getaddrinfo') return describeBadAddress(error.hostname);
  const isAboutFiles = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(error.code);
  if (!isAboutFiles) return undefined;
  return `messages can't be kept: ${error.message}\n  hint: choose another directory with --data DIR, or keep them in memory with --ephemeral`;
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function describeListenFailure({ code, message, address, port }: SystemError, settings: Settings): string {
  const smtpPort = settings.get('catch_smtp_port');
  const [role, flag] = port === smtpPort ? ['SMTP', '--smtp-port'] : ['the inbox', '--http-port'];
  switch (code) {
    case 'EADDRINUSE':
      if (port === smtpPort && port === settings.get('catch_http_port')) {
        return `port ${port} is given to both SMTP and the inbox\n  hint: choose another with --http-port PORT`;
      }
      return `port ${port} (${role}) is in use\n  hint: choose another with ${flag} PORT; 0 takes a free one`;
    case 'EACCES':
      return `port ${port} (${role}) may not be used: ${message}\n  hint: choose one from 1024 up with ${flag} PORT`;
    case 'EADDRNOTAVAIL':
      return describeBadAddress(address);
    default:
      return `${role} can't listen: ${message}\n  hint: choose another port with ${flag} PORT, or address with --listen LIST`;
  }
}

function describeBadAddress(address = 'what is listened on'): string {
  return `${address} is no address of this machine\n  hint: choose another with --listen LIST`;
}
