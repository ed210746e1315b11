import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { fromOctets } from '../../rules/octets.ts';
import { reportParameters } from '../../settings/parameter-report.ts';
import { reportTables } from '../../settings/table-report.ts';
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
import { toTime } from './time.ts';

/** `/postfix/config`: Postfix's configuration as it holds here, with what is wrong with it. */
export const configRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { settings: live, smtp }) => {
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
    const { configuration, services } = settings;
    const { parameters, references } = reportParameters(settings, { withDefaults: query.all === '1' });
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
      tables: reportTables(settings).map(toConfigTable),
    };
  });
};
