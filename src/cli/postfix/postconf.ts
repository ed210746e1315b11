import { readPostfixConfiguration } from '../../settings/postfix-configuration.ts';
import { fromOctets } from '../../rules/octets.ts';
import { readOptions } from '../getopt.ts';
import { printLine, reportAs, toUsageError, type PostfixTool } from '../postfix-tool.ts';

/** postconf(1). */
export const postconf: PostfixTool = {
  name: 'postconf',
  summary: 'show or change the configuration',
  async run(argv, { cwd, env, stdout, stderr }) {
    const { steps, operands } = readOptions(argv, 'c:o:hx');
    const overrides: string[] = [];
    let directory: string | undefined;
    for (const step of steps) {
      if (step.kind === 'fault') {
        printLine('postconf', step.message, stderr);
        throw toUsageError('usage: postconf [-c config_dir] [-o name=value] [name...]');
      }
      if (step.letter === 'c') directory = step.value;
      if (step.letter === 'o' && step.value !== undefined) overrides.push(step.value);
    }
    const report = reportAs('postconf', stderr);
    const config = readPostfixConfiguration({ program: 'postconf', directory, overrides, cwd, env }, report);
    for (const name of operands) stdout.write(`${name} = ${fromOctets(config.get(name))}\n`);
    return 0;
  },
};
