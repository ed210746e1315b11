import { watch, type FSWatcher } from 'chokidar';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { ConfigErrors } from '../rules/config/config-error.ts';
import { isFatal } from '../rules/config/fatal-error.ts';
import type { Finding } from '../rules/config/finding.ts';
import { fromOctets, toOctets } from '../rules/octets.ts';
import type { Settings } from './settings.ts';
import { isOfKeptTable, type TableHistory } from './table-history.ts';

/** What was read and not taken, since with it no program of Postfix would start. */
export interface RejectedSettings {
  /** ms since 1970. */
  readonly atMs: number;
  readonly findings: readonly Finding[];
}

/** The settings as they are now: one frozen value, which a reload exchanges for another. */
export interface LiveSettings extends AsyncDisposable {
  current(): Settings;
  /** When the current ones were read, ms since 1970. */
  readAtMs(): number;
  /** The last that was read, if it wasn't taken: the current ones are older. */
  rejected(): RejectedSettings | undefined;
  /** Reads everything again. A configuration that can't be used leaves the old one in force. */
  reload(): void;
  /** Calls `listener` after each reload, whether or not it was taken. */
  onReload(listener: () => void): Disposable;
}

/** What settings are kept up with. */
export interface LiveSettingsOptions {
  readonly first: Settings;
  /** Reads everything again. @param tablesBefore of the current settings */
  readonly load: (tablesBefore: TableHistory) => Settings;
  readonly clock: Clock;
  readonly log: Log;
}

/** An editor writes a file in several steps: what comes within this is one change. */
const SETTLE_MS = 50;

/** Settings that stay as they are until `reload` is called. */
export function holdSettings({ first, load, clock, log }: LiveSettingsOptions): LiveSettings {
  let current = first;
  let readAtMs = clock.nowMs();
  let rejected: RejectedSettings | undefined;
  const listeners = new Set<() => void>();
  const reject = (findings: readonly Finding[]) => {
    rejected = { atMs: clock.nowMs(), findings };
    log.warn(
      { findings: findings.map(({ problem }) => fromOctets(problem)) },
      'the configuration is not taken: the old one holds',
    );
  };
  return {
    current: () => current,
    readAtMs: () => readAtMs,
    rejected: () => rejected,
    reload() {
      try {
        const next = load(current.tableHistory);
        const isGone = !current.configuration.isBuiltIn && next.configuration.isBuiltIn;
        const broken = next.findings.filter((finding) => stopsPostfix(finding) && !hasFinding(current, finding));
        if (isGone) {
          reject([toGoneFinding(current)]);
        } else if (broken.length > 0) {
          reject(next.findings);
        } else {
          current = next;
          readAtMs = clock.nowMs();
          rejected = undefined;
        }
      } catch (error) {
        if (!(error instanceof ConfigErrors)) throw error;
        reject(error.errors.map(toFinding));
      }
      for (const listener of listeners) listener();
    },
    onReload(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Settings that are kept up with their files. */
export interface WatchedSettings extends LiveSettings {
  /** Fulfilled once no change goes unnoticed. */
  readonly watching: Promise<void>;
}

/** Settings that are read again when one of their files changes, appears or goes. */
export function watchSettings(options: LiveSettingsOptions): WatchedSettings {
  const { clock, log } = options;
  const held = holdSettings(options);
  let timer: Disposable | undefined;
  // Directories, not files: one that isn't there yet, and one that an editor replaces, are seen only so.
  let files: ReadonlySet<string> = new Set();
  let directories: ReadonlySet<string> = new Set();
  const watcher: FSWatcher = watch([], {
    ignoreInitial: true,
    depth: 0,
    // Elsewhere than on Linux the watcher has its own way to write a path.
    ignored: (path) => !files.has(resolve(path)) && !directories.has(resolve(path)),
  });
  const follow = () => {
    files = new Set(held.current().configuration.listFiles());
    const before = directories;
    directories = new Set([...files].map((file) => dirname(file)));
    watcher.unwatch([...before].filter((directory) => !directories.has(directory)));
    watcher.add([...directories].filter((directory) => !before.has(directory)));
  };
  const reload = () => {
    held.reload();
    follow();
  };
  watcher.on('all', () => {
    timer?.[Symbol.dispose]();
    timer = clock.setTimer(SETTLE_MS, reload);
  });
  watcher.on('error', (err) => log.warn({ err }, 'changes of the configuration may go unnoticed'));
  const watching = new Promise<void>((resolve) => void watcher.once('ready', () => resolve()));
  follow();
  return {
    ...held,
    reload,
    watching,
    async [Symbol.asyncDispose]() {
      timer?.[Symbol.dispose]();
      await watcher.close();
    },
  };
}

/** A table that an older version answers for stops nothing here. */
function stopsPostfix(finding: Finding): boolean {
  return isFatal(finding) && !isOfKeptTable(finding);
}

/** A mistake that is in force already keeps nothing else from being taken. */
function hasFinding({ findings }: Settings, { code, problem }: Finding): boolean {
  return findings.some((known) => known.code === code && known.problem === problem);
}

function toGoneFinding({ configuration }: Settings): Finding {
  return {
    severity: 'error',
    code: 'main-cf-gone',
    at: { file: `${configuration.directory}/main.cf` },
    problem: 'main.cf is gone',
    why: 'The settings that were read before hold.',
    hint: 'put it back, or start anew to go without',
  };
}

function toFinding({ problem, at, hint }: ConfigErrors['errors'][number]): Finding {
  return {
    severity: 'error',
    code: 'unusable-configuration',
    at,
    problem: toOctets(problem),
    why: 'The settings that were read before hold.',
    hint: toOctets(hint ?? 'mend it'),
  };
}
