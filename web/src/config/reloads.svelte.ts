import type { ConfigState } from '../../../src/http/api/schemas/config.ts';

/** How often the server has read its configuration again while this page was open, and what came of it. */
export interface Reloads {
  readonly count: number;
  /** Undefined until it is told. */
  readonly last: ConfigState | undefined;
  notice(state: ConfigState): void;
  /** What was told while the connection was lost wasn't heard. */
  forget(): void;
}

/** Counts from 0. */
export function createReloads(): Reloads {
  let count = $state(0);
  let last = $state.raw<ConfigState | undefined>();
  return {
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    notice(state) {
      count += 1;
      last = state;
    },
    forget: () => void (last = undefined),
  };
}
