// What a real Postfix answered, as far as delivery agents are concerned.
import { readFile } from 'node:fs/promises';
import type { RuleWorld } from '../../src/rules/world.ts';

/** A probe of kind smtp, as far as it matters here. */
export interface RecordedProbe {
  readonly kind: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly headers?: readonly (readonly [string, string])[];
  readonly pad?: number;
  readonly expected: {
    readonly rcpt?: readonly { readonly code: number }[];
    readonly deliveries?: readonly RecordedDelivery[];
    readonly messages?: readonly { readonly msg: number; readonly sender: string | null; readonly origin?: string }[];
    readonly files?: readonly RecordedFile[];
    readonly log?: readonly string[];
  };
}

/** One line of the log. */
export interface RecordedDelivery {
  readonly msg: number;
  readonly to: string;
  readonly orig_to?: string;
  readonly transport: string;
  readonly nexthop?: string;
  readonly dsn: string;
  readonly status: string;
  readonly text: string;
}

/** A file that came to be. */
export interface RecordedFile {
  readonly path: string;
  readonly head?: readonly (readonly [string, string])[];
  readonly mbox_messages?: number;
}

/** A configuration with what was asked of it. */
export interface RecordedCase {
  readonly name: string;
  readonly config: { readonly main_cf: string; readonly files?: Readonly<Record<string, string>> };
  readonly probes: readonly RecordedProbe[];
}

/** Reads a vector. */
export async function readRecorded(path: string | URL): Promise<RecordedCase> {
  return JSON.parse(await readFile(path, 'utf8')) as RecordedCase;
}

/** Files belong to whom the recorder gave them: those of a home or a mailbox to their user, all others to root. */
export function withOwners(world: RuleWorld): RuleWorld {
  return {
    ...world,
    readFile(path) {
      const fact = world.readFile(path);
      const [, user = ''] = /^\/(?:home|var\/mail)\/(\w+)(?:\/|$)/.exec(path) ?? [];
      return 'text' in fact ? { ...fact, uid: world.accounts.find(user)?.uid ?? 0 } : fact;
    },
  };
}
