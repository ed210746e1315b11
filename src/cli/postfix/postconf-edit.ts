import type { EditVerb } from '../../rules/config/cf-lines.ts';
import { editMainCf, parseMainCfEdits } from '../../rules/config/main-cf-edit.ts';
import { editMasterCf, parseMasterCfEdits } from '../../rules/config/master-cf-edit.ts';
import { fromOctets, toOctets, type Octets } from '../../rules/octets.ts';
import { editFile } from '../../settings/edit-file.ts';
import { findEditedDirectory } from '../../settings/postfix-configuration.ts';
import type { Context } from '../context.ts';
import { reportAs, toUsageError } from '../postfix-tool.ts';
import { getMasterPart, isAboutMaster } from './postconf-master.ts';
import type { PostconfRequest } from './postconf-request.ts';

/** Whether a file is to be changed. */
export function isEdit({ flags }: PostconfRequest): boolean {
  return flags.has('e') || flags.has('X') || flags.has('#');
}

/**
 * Edits main.cf, or with `-M`, `-F` or `-P` master.cf; nothing else is written.
 * @throws {FatalError} if an operand, an entry or the file stands against it; then nothing is changed
 * @see postconf(1)
 */
export async function editAsAsked(request: PostconfRequest, context: Context): Promise<void> {
  if (request.operands.length === 0) throw toUsageError('missing service argument');
  const found = findEditedDirectory({ ...context, directory: request.directory });
  if (found === undefined) throw toUsageError('there is no main.cf: name its directory with -c');
  const { directory, locate } = found;
  const report = reportAs('postconf', context.stderr);
  const operands = request.operands.map(toOctets);
  const verb = getVerb(request);
  const replace = async (file: Octets, edit: (text: Octets) => Octets) => {
    const name = fromOctets(file);
    await editFile({ name, path: locate(name), uid: context.uid, signal: context.signal }, edit);
  };
  if (isAboutMaster(request)) {
    const edits = parseMasterCfEdits(getMasterPart(request), verb, operands);
    const file = `${directory}/master.cf`;
    await replace(file, (text) => editMasterCf(text, edits, { file, report }));
  } else {
    const edits = parseMainCfEdits(verb, operands, report);
    const file = `${directory}/main.cf`;
    await replace(file, (text) => editMainCf(text, edits, verb, { file, report }));
  }
}

function getVerb({ flags }: PostconfRequest): EditVerb {
  if (flags.has('e')) return 'set';
  return flags.has('X') ? 'exclude' : 'comment-out';
}
