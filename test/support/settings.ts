import { systemClock, type Clock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import type { ParameterName } from '../../src/rules/config/parameters.ts';
import { holdSettings, type LiveSettings } from '../../src/settings/live-settings.ts';
import { loadSettings } from '../../src/settings/load.ts';
import type { Machine } from '../../src/settings/machine.ts';
import type { Settings } from '../../src/settings/settings.ts';

/** A machine that is none: what a test makes doesn't depend on where it runs. */
export const testMachine: Machine = {
  hostname: 'mail.example.com',
  platform: 'linux',
  homeDirectory: '/nonexistent',
  cwd: '/nonexistent',
};

/**
 * Settings for a test: the defaults, but free ports and nothing on disk.
 * @param overrides as in main.cf: `{ message_size_limit: '1000', catch_max_age: '1d' }`
 */
export function testSettings(overrides: Partial<Record<ParameterName, string>> = {}): Settings {
  const all = { catch_smtp_port: '0', catch_http_port: '0', catch_ephemeral: 'yes', ...overrides };
  return loadSettings({ overrides: Object.entries(all).map((pair) => pair.join('=')), machine: testMachine });
}

/**
 * Settings that can be read again.
 * @param load what is read; by default always the same
 */
export function testLiveSettings(
  first: Settings,
  { load = () => first, clock = systemClock }: ReloadOptions = {},
): LiveSettings {
  return holdSettings({ first, load, clock, log: silentLog });
}

/** How settings are read again. */
interface ReloadOptions {
  readonly load?: () => Settings;
  readonly clock?: Clock;
}
