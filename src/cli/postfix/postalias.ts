import type { PostfixTool } from '../postfix-tool.ts';
import { readMapRequest } from './map-options.ts';
import { runMapRequest } from './map-run.ts';
import { beginMapSession } from './map-session.ts';

const USAGE = 'usage: postalias [-Nfinoprsuvw] [-c config_dir] [-d key] [-q key] [map_type:]file...';

/** postalias(1); and `--explain` with `-q`, which says where the answer stands. */
export const postalias: PostfixTool = {
  name: 'postalias',
  summary: 'build an alias database, or look a name up in one',
  async run(argv, context) {
    const tool = 'postalias';
    const request = readMapRequest(argv, {
      name: tool,
      letters: 'Nc:d:finopq:rsuvw',
      usage: USAGE,
      stderr: context.stderr,
    });
    return runMapRequest(beginMapSession({ tool, isAliases: true, request }, context), USAGE);
  },
};
