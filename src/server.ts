import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings/settings.ts';
import type { Store } from './store/store.ts';

/** What a server is made of. */
export interface ServerOptions {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock?: Clock;
}

/** A server that runs. Disposing of it lets sessions end, keeps what was accepted, and closes everything. */
export interface Server extends AsyncDisposable {
  readonly settings: Settings;
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly addresses: readonly { readonly address: string; readonly port: number }[];
  };
  readonly http: { readonly host: string; readonly port: number; readonly url: string };
  readonly store: Store;
}

/** Starts everything, or nothing. */
export declare function startServer(options: ServerOptions): Promise<Server>;
