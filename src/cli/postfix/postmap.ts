import type { PostfixTool } from '../postfix-tool.ts';
import { toUsageError, printLine } from '../postfix-tool.ts';
import { readMapRequest } from './map-options.ts';
import { runMapRequest } from './map-run.ts';
import { beginMapSession } from './map-session.ts';

const USAGE = 'usage: postmap [-bfFhimnNoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...';

/** postmap(1); and `--explain` with `-q`, which says where the answer stands. */
export const postmap: PostfixTool = {
  name: 'postmap',
  summary: 'build a lookup table, or look a key up in one',
  async run(argv, context) {
    const tool = 'postmap';
    const { stderr } = context;
    const request = readMapRequest(argv, { name: tool, letters: 'bc:d:fFhimnNopq:rsuUvw', usage: USAGE, stderr });
    const session = beginMapSession({ tool, isAliases: false, request }, context);
    const { header, body, mime } = request.messageKeys;
    const { action } = request;
    if ((header || body || mime) && !(action.kind === 'query' && action.key === '-')) {
      throw toUsageError('specify -b -h or -m only with "-q -"');
    }
    if (mime && !header && !body) printLine(tool, 'warning: ignoring -m option without -b or -h', stderr);
    return runMapRequest(session, USAGE);
  },
};
