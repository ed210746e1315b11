import type { ReportFinding } from '../rules/config/finding.ts';
import { parseMasterCf, type MasterEntry } from '../rules/config/master-cf.ts';
import { reportMasterFaults } from '../rules/config/master-faults.ts';
import { STOCK_MASTER_CF } from '../rules/config/stock-master-cf.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { Settings } from './settings.ts';

/**
 * What master.cf says. A configuration without one has the stock one, of which only smtp listens: that is none here. Where
 * there is no main.cf there is no configuration, whatever may be in /etc/postfix of this machine; and a main.cf from a pipe
 * came alone.
 */
export function readMasterCf(
  { directory, isBuiltIn, isPiped, readFile }: PostfixConfiguration,
  report: ReportFinding,
): readonly MasterEntry[] {
  if (isBuiltIn || isPiped) return [];
  const file = `${directory}/master.cf`;
  const fact = readFile(file);
  const entries = 'text' in fact ? parseMasterCf(fact.text, file, report) : [];
  reportMasterFaults(entries, report);
  return entries;
}

/** The services that mail goes through. Where there is no master.cf they are those of Postfix's own: main.cf alone is enough. */
export function listServices({ configuration, services }: Settings): readonly MasterEntry[] {
  const { directory, isBuiltIn, isPiped, readFile } = configuration;
  const file = `${directory}/master.cf`;
  const hasOwn = !isBuiltIn && !isPiped && 'text' in readFile(file);
  return hasOwn ? services : parseMasterCf(STOCK_MASTER_CF, file, () => undefined);
}
