import { fromOctets } from '../../rules/octets.ts';
import { findDefaultDataDirectory, toAbsolutePath } from '../../settings/data-directory.ts';
import { readMachine } from '../../settings/machine.ts';
import type { SubmitTarget } from '../submit/submit.ts';
import type { SendmailRun } from './sendmail-run.ts';

/** Where messages go: as the flags say, then as the server itself is told where it keeps them. */
export function findTarget({ own, config, context }: SendmailRun): Omit<SubmitTarget, 'signal'> {
  const machine = readMachine(context.cwd);
  const named = own.data ?? fromOctets(config.get('catch_data_directory'));
  return {
    url: own.url,
    directory: named === '' ? findDefaultDataDirectory(machine, context.env) : toAbsolutePath(machine, named),
    isEphemeral: config.get('catch_ephemeral').toLowerCase() === 'yes',
  };
}
