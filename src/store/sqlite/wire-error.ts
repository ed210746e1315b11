import { StoreCorruptError, StoreFullError } from '../store.ts';
import type { WireError } from './protocol.ts';

/** An error as it goes to the other thread. */
export function toWireError(error: unknown): WireError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreFullError) return { kind: 'full', message };
  if (error instanceof StoreCorruptError) return { kind: 'corrupt', message };
  return { kind: 'other', message };
}

/** The error that the other thread had. */
export function fromWireError({ kind, message }: WireError): Error {
  switch (kind) {
    case 'full':
      return new StoreFullError(message);
    case 'corrupt':
      return new StoreCorruptError(message);
    case 'other':
      return new Error(message);
  }
}
