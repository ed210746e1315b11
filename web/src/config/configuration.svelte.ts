import type { Configuration } from '../../../src/http/api/schemas/config.ts';
import type { Api } from '../api/client.ts';

/** The server's configuration, as the page shows it. */
export interface ShownConfiguration {
  /** What was loaded last; it stays while a newer one is on its way. */
  readonly value: Configuration | undefined;
  /** It has the parameters that are left at their defaults, too. */
  readonly hasAll: boolean;
  /** The server's words, if the last try failed. */
  readonly error: string | undefined;
  /** @param all whether the parameters that are left at their defaults are wanted */
  load(all: boolean): void;
}

/** Loads it when asked to; only the answer to the last question counts. */
export function createConfiguration(api: Api): ShownConfiguration {
  let value = $state.raw<Configuration | undefined>();
  let hasAll = $state(false);
  let error = $state<string | undefined>();
  let asked: AbortController | undefined;

  async function ask(all: boolean): Promise<void> {
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    try {
      const answer = await api.configuration(all, mine.signal);
      if (mine.signal.aborted) return;
      value = answer;
      hasAll = all;
      error = undefined;
    } catch (cause) {
      if (!mine.signal.aborted) error = cause instanceof Error ? cause.message : String(cause);
    }
  }

  return {
    get value() {
      return value;
    },
    get hasAll() {
      return hasAll;
    },
    get error() {
      return error;
    },
    load: (all) => void ask(all),
  };
}
