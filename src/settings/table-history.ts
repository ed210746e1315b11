import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import type { Octets } from '../rules/octets.ts';
import type { ReadFileFact } from '../rules/tables/file-text.ts';
import type { TableVersions } from '../rules/tables/table-world.ts';

/** A table that could be opened. */
export interface TableVersion {
  /** The files as they were. */
  readonly readFile: ReadFileFact;
  /** When, in ms since 1970. */
  readonly readAtMs: number;
}

/** What the tables of some settings answer from, each by its whole name: `hash:/etc/postfix/virtual`. */
export interface TableHistory {
  /** The newest version of each that could be opened. */
  readonly versions: ReadonlyMap<Octets, TableVersion>;
  /** Of those that can't be opened as they are now, why: an older version answers. */
  readonly faults: ReadonlyMap<Octets, Octets>;
}

/** Whether a finding is of a table that an older version answers for. Nothing is down, whatever Postfix would do. */
export function isOfKeptTable({ code }: Finding): boolean {
  return code === 'table-kept';
}

/** A history that is being written. */
export interface TableHistoryRecord {
  readonly history: TableHistory;
  readonly versions: TableVersions;
  /** Lets go of the settings before, whose files may be large: every table that is named was opened. */
  readonly forgetBefore: () => void;
}

/**
 * Begins the history of the tables of new settings.
 * @param before that of the settings that they take the place of
 * @param now how their tables are read
 */
export function recordTableHistory(
  before: TableHistory | undefined,
  now: TableVersion & { readonly report: ReportFinding },
): TableHistoryRecord {
  const { readFile, readAtMs, report } = now;
  let versionsBefore = before?.versions;
  const versions = new Map<Octets, TableVersion>();
  const faults = new Map<Octets, Octets>();
  const find = (spec: Octets): TableVersion | undefined => versions.get(spec) ?? versionsBefore?.get(spec);
  return {
    history: { versions, faults },
    versions: {
      keep: (spec) => void versions.set(spec, { readFile, readAtMs }),
      recall: (spec) => find(spec)?.readFile,
      resort(spec, fault) {
        const version = find(spec);
        // The same table is opened again with other options.
        if (version === undefined || faults.has(spec)) return;
        versions.set(spec, version);
        faults.set(spec, fault.problem);
        report(toKeptFinding(spec, fault, formatTime(version.readAtMs, readAtMs)));
      },
    },
    forgetBefore: () => void (versionsBefore = undefined),
  };
}

function toKeptFinding(spec: Octets, fault: Finding, readAt: string): Finding {
  return {
    ...fault,
    code: 'table-kept',
    why: `${spec} is still answering from the version of ${readAt}; in production ${fault.why}`,
  };
}

/** The local time; with the day, if it isn't today's. */
function formatTime(ms: number, nowMs: number): string {
  // This language writes 2026-11-25 09:12:33.
  const [day, time = ''] = new Date(ms).toLocaleString('sv').split(' ');
  const [today] = new Date(nowMs).toLocaleString('sv').split(' ');
  return day === today ? time : `${day} ${time}`;
}
