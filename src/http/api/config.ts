import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { MasterEntry } from '../../rules/config/master-cf.ts';
import { fromOctets } from '../../rules/octets.ts';
import { readMasterCf } from '../../settings/master-cf.ts';
import { reportParameters } from '../../settings/parameter-report.ts';
import type { Settings } from '../../settings/settings.ts';
import { reportTables, type ReportedTable } from '../../settings/table-report.ts';
import {
  findParameterAt,
  toConfigFinding,
  toConfigListeners,
  toConfigParameter,
  toConfigReference,
  toConfigTable,
} from './config-wire.ts';
import type { Ports } from './ports.ts';
import { Configuration } from './schemas/config.ts';

/** `/postfix/config`: Postfix's configuration as it holds here, with what is wrong with it. */
export const configRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { settings: live, smtp, clock }) => {
  let known: { readonly settings: Settings; readonly tables: readonly ReportedTable[] } | undefined;
  /** Tables are opened once for each reading of the configuration. */
  const findTables = (settings: Settings, services: readonly MasterEntry[]): readonly ReportedTable[] => {
    if (known?.settings !== settings) {
      const { configuration } = settings;
      known = { settings, tables: reportTables({ configuration, services, nowMs: clock.nowMs() }) };
    }
    return known.tables;
  };

  const schema = {
    operationId: 'getPostfixConfiguration',
    summary: 'main.cf and master.cf as they hold here: findings, parameters, listeners, lookup tables',
    querystring: Type.Object({
      all: Type.Optional(Type.String({ description: '`1`: the parameters that are left at their defaults, too' })),
    }),
    response: { 200: Configuration },
  };
  app.get('/postfix/config', { schema }, async ({ query }) => {
    const settings = live.current();
    const rejected = live.rejected();
    const { configuration } = settings;
    // What is wrong with it was found when the settings were read.
    const services = readMasterCf(configuration, () => {});
    const { parameters, references } = reportParameters(settings, services, { withDefaults: query.all === '1' });
    return {
      ...(!configuration.isBuiltIn && { directory: fromOctets(configuration.directory) }),
      readAt: toTime(live.readAtMs()),
      ...(rejected && {
        rejected: {
          at: toTime(rejected.atMs),
          // Lines of a text that wasn't taken aren't those of the parameters that hold.
          findings: rejected.findings.map((finding) => toConfigFinding(finding, undefined)),
        },
      }),
      findings: settings.findings.map((finding) =>
        toConfigFinding(finding, findParameterAt(finding.at, configuration, services)),
      ),
      parameters: parameters.map(toConfigParameter),
      references: references.map(toConfigReference),
      listeners: toConfigListeners(settings.listeners, smtp().services, services),
      tables: findTables(settings, services).map(toConfigTable),
    };
  });
};

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
