import type { ConfigError, SourceLocation } from '../rules/config/config-error.ts';
import type { Finding } from '../rules/config/finding.ts';
import { readOverrides, type MasterEntry } from '../rules/config/master-cf.ts';
import type { ParameterName } from '../rules/config/parameters.ts';
import { isParameter } from '../rules/config/spelling.ts';
import { fromOctets, toOctets, toPrintable, type Octets } from '../rules/octets.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { Given } from './sources.ts';

/** main.cf may be production's: these it doesn't decide here. The first would show your mail to the whole network. */
const NOT_FOLLOWED: ReadonlySet<ParameterName> = new Set<ParameterName>(['inet_interfaces', 'config_directory']);

/** What main.cf says of the parameters that this program uses itself. */
export function readMainCf({ entries }: PostfixConfiguration): readonly Given[] {
  return entries.flatMap(({ name, value, valueAt }) =>
    isParameter(name) ? toGiven('main.cf', name, value, valueAt) : [],
  );
}

/** What a service of master.cf says of them by its `-o`. */
export function readServiceOverrides(entry: MasterEntry): readonly Given[] {
  return readOverrides(entry).flatMap(({ name, value, at }) =>
    isParameter(name) ? toGiven('master.cf', name, value, at) : [],
  );
}

function toGiven(
  source: 'main.cf' | 'master.cf',
  name: ParameterName,
  value: Octets,
  at: SourceLocation,
): readonly Given[] {
  return NOT_FOLLOWED.has(name) ? [] : [{ name, source, spelled: name, at, value: fromOctets(value) }];
}

/** What is wrong with a value of main.cf. */
export function toValueFinding({ name, at }: Given, error: ConfigError): Finding {
  const isOurs = name.startsWith('catch_');
  const problem = toOctets(error.problem);
  return {
    severity: 'error',
    code: 'bad-value',
    at,
    problem,
    why: isOurs
      ? 'Its default holds instead.'
      : 'The programs of Postfix that need it end when they start. Here its default holds instead.',
    hint: error.hint ?? `see postfixture help parameters, ${name}`,
    ...(!isOurs && { postfixLine: `fatal: ${toPrintable(problem)}` }),
  };
}
