import { describeSystemError } from '../settings/read-file.ts';

/** What went wrong with a connection, as strerror(3) says it; of a name with several addresses, with the last of them. */
export function describeNetworkError(error: unknown): string {
  return describeSystemError(error instanceof AggregateError ? error.errors.at(-1) : error);
}

/** Whether a name has no address. */
export function isUnknownHost(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo';
}
