import { ConfigError } from '../rules/config/config-error.ts';
import { expandValue, type WrittenValue } from '../rules/config/expand.ts';
import type { ReportFinding } from '../rules/config/finding.ts';
import { convertValue, formatValue, parseValue, type Value } from '../rules/config/parameter-value.ts';
import type { ParameterName } from '../rules/config/parameters.ts';
import { isParameter } from '../rules/config/spelling.ts';
import { fromOctets, toOctets } from '../rules/octets.ts';
import { toValueFinding } from './file-source.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { SettingSource } from './settings.ts';
import type { Given, Report } from './sources.ts';

/** Parameters with their values, and where each comes from. */
export interface Evaluated {
  readonly values: ReadonlyMap<ParameterName, Value>;
  readonly origins: ReadonlyMap<ParameterName, SettingSource>;
}

/** What assignments are read with, and where mistakes go: those of this run, and those of the files, which Postfixture runs with. */
export interface EvaluationContext {
  readonly configuration: PostfixConfiguration;
  /** What holds where nothing is said, or nothing sensible. */
  readonly defaults: ReadonlyMap<ParameterName, Given>;
  readonly report: Report;
  readonly reportFinding: ReportFinding;
}

/** Expands and converts the one assignment of each parameter that counts. A bad value of a file leaves the default. */
export function evaluateAll(
  assignments: ReadonlyMap<ParameterName, Given>,
  { configuration, defaults, report, reportFinding }: EvaluationContext,
): Evaluated {
  const find = (spelled: string): WrittenValue | undefined => {
    const given = isParameter(spelled) ? assignments.get(spelled) : undefined;
    if (given) return { text: toText(given), at: given.at };
    const text = configuration.raw(toOctets(spelled));
    return text === undefined ? undefined : { text: fromOctets(text), at: { file: 'main.cf' } };
  };
  // In Postfix's files a name that nothing defines is empty, as in Postfix; elsewhere it is a slip.
  const findOrEmpty = (spelled: string) => find(spelled) ?? { text: '', at: { file: 'main.cf' } };
  const values = new Map<ParameterName, Value>();
  const origins = new Map<ParameterName, SettingSource>();
  for (const [name, given] of assignments) {
    const isOfFile = given.source === 'main.cf' || given.source === 'master.cf';
    try {
      values.set(name, evaluate(given, isOfFile ? findOrEmpty : find));
      origins.set(name, given.source);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (isOfFile) {
        reportFinding(toValueFinding(given, error));
        values.set(name, evaluate(defaults.get(name) ?? given, find));
      } else {
        report(error);
      }
    }
  }
  return { values, origins };
}

function evaluate(given: Given, find: (spelled: string) => WrittenValue | undefined): Value {
  if (typeof given.value !== 'string') return convertValue(given, given.value);
  return parseValue(given, expandValue(given.name, { text: given.value, at: given.at }, find));
}

/** As another parameter that names this one gets it. */
function toText(given: Given): string {
  return typeof given.value === 'string' ? given.value : formatValue(given.name, convertValue(given, given.value));
}
