import { checkCommonParameters } from '../rules/config/common-parameters.ts';
import type { ReportFinding } from '../rules/config/finding.ts';
import {
  readPostfixConfiguration,
  type ConfigurationSources,
  type PostfixConfiguration,
} from './postfix-configuration.ts';
import { readAccounts } from './accounts.ts';

/**
 * Reads main.cf as every program of Postfix but postconf does when it starts: with a look at the parameters that all of
 * them need.
 * @param report gets what is wrong; if it throws at a fatal finding, the program ends as Postfix's would
 * @throws {FatalError} if main.cf can't be read
 */
export function readProgramConfiguration(sources: ConfigurationSources, report: ReportFinding): PostfixConfiguration {
  const config = readPostfixConfiguration(sources, report);
  checkCommonParameters(
    {
      file: `${config.directory}/main.cf`,
      parameters: config.parameters,
      get: (name) => config.get(name),
      accounts: readAccounts(config),
      checkInterfaces: () => config.checkInterfaces(),
    },
    report,
  );
  return config;
}
