import { readVersion } from '../settings/version.ts';
import { defineCommand } from './command.ts';
import { EXIT } from './exit-status.ts';

/** `postfixture version`. */
export const version = defineCommand({
  name: 'version',
  summary: 'Show the version',
  options: {},
  operands: {},
  async run(_, { stdout }) {
    stdout.write(`${readVersion()}\n`);
    return EXIT.ok;
  },
});
