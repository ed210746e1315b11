import { posix, win32 } from 'node:path';
import type { Machine } from './machine.ts';

/** What the environment may say about directories. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where messages are kept unless `--data` says otherwise: `postfixture` in the user's state directory, which is
 * `$XDG_STATE_HOME` or `~/.local/state`; `~/Library/Application Support` on macOS; `%LOCALAPPDATA%` on Windows.
 * @see XDG Base Directory Specification
 */
export function findDefaultDataDirectory(machine: Machine, environment: Environment): string {
  return pathOf(machine).join(findStateDirectory(machine, environment), 'postfixture');
}

/** An absolute path: a relative one begins at the working directory. */
export function toAbsolutePath(machine: Machine, path: string): string {
  return pathOf(machine).resolve(machine.cwd, path);
}

function findStateDirectory(machine: Machine, environment: Environment): string {
  const path = pathOf(machine);
  const named = environment[machine.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME'];
  // The specification: a relative path is invalid and to be ignored.
  if (named !== undefined && path.isAbsolute(named)) return named;
  if (machine.platform === 'win32') return path.join(machine.homeDirectory, 'AppData', 'Local');
  if (machine.platform === 'darwin') return path.join(machine.homeDirectory, 'Library', 'Application Support');
  return path.join(machine.homeDirectory, '.local', 'state');
}

function pathOf(machine: Machine): typeof posix {
  return machine.platform === 'win32' ? win32 : posix;
}
