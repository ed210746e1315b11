import type { ParameterName } from '../../src/rules/config/parameters.ts';
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
