import { splitItems } from '../../rules/tables/braces.ts';
import { fromOctets } from '../../rules/octets.ts';
import { readProgramConfiguration } from '../../settings/program-configuration.ts';
import { readOptions } from '../getopt.ts';
import { printLine, reportAs, runTool, toUsageError, type PostfixTool } from '../postfix-tool.ts';
import { postalias } from './postalias.ts';

/** sendmail's options, which newaliases takes too, and ignores but for `-oA`. */
const LETTERS = 'A:B:C:F:GIL:N:O:R:UV:X:b:ce:f:h:imno:p:r:q:tvx';

/** EX_TEMPFAIL, as sendmail ends whatever it can't do. */
const TEMPORARY_FAILURE = 75;

/** newaliases(1): builds what `alias_database` names, with postalias. */
export const newaliases: PostfixTool = {
  name: 'newaliases',
  summary: 'build the alias databases that alias_database names',
  fatalStatus: TEMPORARY_FAILURE,
  async run(argv, context) {
    const { cwd, env, stderr } = context;
    const { steps, operands } = readOptions(argv, LETTERS);
    let named: string | undefined;
    for (const step of steps) {
      if (step.kind === 'fault') {
        // QUIRK: sendmail reads its command line twice.
        printLine('newaliases', step.message, stderr);
        printLine('newaliases', step.message, stderr);
        throw toUsageError('usage: newaliases [options]');
      }
      if (step.letter === 'o' && step.value?.startsWith('A') === true) named = step.value.slice(1);
    }
    const config = readProgramConfiguration({ program: 'newaliases', cwd, env }, reportAs('newaliases', stderr));
    if (operands.length > 0) throw toUsageError('alias initialization mode requires no recipient');
    const tables = named === undefined ? splitItems(config.get('alias_database')).map(fromOctets) : [named];
    return tables.length === 0 ? 0 : runTool(postalias, ['--', ...tables], context);
  },
};
