import { ConfigErrors } from '../../rules/config/config-error.ts';
import { isFatal } from '../../rules/config/fatal-error.ts';
import { fromOctets } from '../../rules/octets.ts';
import { loadSettings } from '../../settings/load.ts';
import { readMachine } from '../../settings/machine.ts';
import type { Settings } from '../../settings/settings.ts';
import { serveStandardInput } from '../../server.ts';
import { parseQueueId } from '../../store/queue-id.ts';
import { submit } from '../submit/submit.ts';
import { findTarget } from './find-target.ts';
import type { SendmailRun } from './sendmail-run.ts';
import type { Submitter } from './submitter.ts';

/** What smtpd(8) ends with when it can't begin. */
const FAILURE = 1;

/** `-bs`: speaks SMTP on standard input and output; its messages are handed in as those of the command line. */
export async function serveSmtp(run: SendmailRun, submitter: Submitter): Promise<number> {
  const { context } = run;
  const { stdin, stdout, signal } = context;
  const settings = readSettings(run);
  if (settings === undefined) return FAILURE;
  const submission = {
    uid: submitter.uid,
    user: fromOctets(submitter.user),
    fullName: fromOctets(submitter.fullName),
  };
  const target = { ...findTarget(run), signal };
  await serveStandardInput({
    settings,
    submit: async ({ envelope, raw }) => {
      const id = parseQueueId(await submit({ envelope: { ...envelope, submission }, raw }, target));
      if (id === undefined) throw new Error('the server gave no queue ID');
      return id;
    },
    input: stdin,
    write: (text) => void stdout.write(text),
    signal,
  });
  return 0;
}

/** Undefined if Postfix's smtpd would end at once: in strict mode. A person is told why; programs see the status. */
function readSettings({ config, context }: SendmailRun): Settings | undefined {
  const { cwd, env, isTTY, stderr } = context;
  const path = fromOctets(config.directory);
  const tell = (problems: readonly string[]): void => {
    if (isTTY) for (const problem of problems) stderr.write(`smtpd: ${problem}\n`);
  };
  try {
    const named = { path, spelled: '-C', at: { file: '<command line>' } };
    const settings = loadSettings({
      ...(!config.isBuiltIn && { directory: named }),
      environment: env,
      machine: readMachine(cwd),
    });
    const fatal = settings.findings.filter(isFatal);
    if (settings.get('catch_mode') !== 'strict' || fatal.length === 0) return settings;
    tell(fatal.flatMap(({ postfixLine }) => postfixLine ?? []));
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    tell(error.errors.map(({ message }) => message));
  }
  return undefined;
}
