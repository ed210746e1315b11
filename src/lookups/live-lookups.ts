import type { ReportFinding } from '../rules/config/finding.ts';
import type { Settings } from '../settings/settings.ts';
import { openLookups, type Lookups } from './lookups.ts';

/** The way to answers from outside, for a program whose settings change while it runs. */
export interface LiveLookups extends Lookups {
  /** From now on these settings say what may be asked, and where files are. */
  follow(settings: Settings): void;
}

/**
 * Opens the way before there are settings, since their tables are opened with it; until `follow`, nothing but this
 * machine may be asked.
 */
export function openLiveLookups({ report }: { readonly report: ReportFinding }): LiveLookups {
  // Answerers look at the list each time they are asked.
  const allow: string[] = [];
  let locate = (path: string): string => path;
  const lookups = openLookups({ allow, mapPath: (path) => locate(path), report });
  return {
    ...lookups,
    follow(settings) {
      allow.splice(0, allow.length, ...settings.get('catch_lookup_allow'));
      locate = (path) => settings.configuration.locate(path);
    },
  };
}
