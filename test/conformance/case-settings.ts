// The product's settings for a case, as its tools get them.
import type { ReportFinding } from '../../src/rules/config/finding.ts';
import type { Ask } from '../../src/rules/question.ts';
import { loadSettings } from '../../src/settings/load.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { toEnvironment, type Place } from './command.ts';
import { getAccount, ZONE_FILE } from './world.ts';

/** What may be said beside the case. */
export interface CaseOptions {
  /** Variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what tables find when rules ask them. */
  readonly reportLookup?: ReportFinding;
  /** Asks outside. */
  readonly ask?: Ask;
}

/** Reads the case's files. */
export function loadCaseSettings(place: Place, { env = {}, ...options }: CaseOptions = {}): Settings {
  return loadSettings({
    ...options,
    environment: toEnvironment({ account: getAccount('root'), env: { POSTFIXTURE_DNS: ZONE_FILE, ...env } }, place),
    machine: {
      hostname: place.hostname,
      platform: process.platform,
      homeDirectory: '/root',
      cwd: place.sandbox.root,
    },
  });
}
