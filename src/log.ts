import { pino } from 'pino';

/** The fields of a log line: maillog's names (`queueId`, `to`, `relay`, `dsn`, `status`), never a body or a password. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One line an event. */
export interface Log {
  debug(fields: LogFields, text: string): void;
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
}

/** How much is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Opens a log of JSON lines (pino) on `destination`. */
export function openLog(level: LogLevel, destination: { write(line: string): unknown }): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => void destination.write(line) },
  );
}

/** A log that keeps nothing. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
