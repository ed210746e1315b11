import { splitItems } from '../../rules/tables/braces.ts';
import { fromOctets } from '../../rules/octets.ts';
import { readProgramConfiguration } from '../../settings/program-configuration.ts';
import { hasSmtpUtf8 } from '../../settings/table-world.ts';
import type { Context } from '../context.ts';
import { printLine, reportAs, runTool, toUsageError, type PostfixTool } from '../postfix-tool.ts';
import { isAuthorized } from './authorized-user.ts';
import { readOwnOptions } from './own-options.ts';
import { postalias } from './postalias.ts';
import { enqueue } from './sendmail-enqueue.ts';
import {
  findConfigurationOption,
  readSendmailRequest,
  type SendmailMode,
  type SendmailRequest,
} from './sendmail-options.ts';
import type { SendmailRun } from './sendmail-run.ts';
import { findSubmitter, type Submitter } from './submitter.ts';

/**
 * EX_TEMPFAIL. QUIRK: whatever goes wrong, Postfix's sendmail ends with it: other statuses are lost on its way out.
 * @see sysexits.h
 */
const TEMPORARY_FAILURE = 75;

/** sendmail(1): hands mail in, and what else programs have asked sendmail for since the beginning. */
export const sendmail = defineSendmail('sendmail', 'hand a message in, as programs do', 'enqueue');

/** newaliases(1): builds what `alias_database` names, with postalias. */
export const newaliases = defineSendmail(
  'newaliases',
  'build the alias databases that alias_database names',
  'aliases',
);

function defineSendmail(name: string, summary: string, mode: SendmailMode): PostfixTool {
  return {
    name,
    summary,
    fatalStatus: TEMPORARY_FAILURE,
    run: (argv, context) => runAs(name, mode, { argv, context }),
  };
}

async function runAs(
  name: string,
  mode: SendmailMode,
  { argv: given, context }: { readonly argv: readonly string[]; readonly context: Context },
): Promise<number> {
  const { cwd, env, stderr } = context;
  const { argv, ...own } = readOwnOptions(given);
  const complain = (message: string) => printLine(name, message, stderr);
  const directory = findConfigurationOption(argv, complain);
  const config = readProgramConfiguration({ program: name, directory, cwd, env }, reportAs(name, stderr));
  const keepsUtf8 = hasSmtpUtf8(config);
  const say = (line: string) => printLine(name, line, stderr, keepsUtf8);
  const request = readSendmailRequest(argv, mode, {
    name,
    settings: {
      verp: { delimiters: config.get('default_verp_delimiters'), filter: config.get('verp_delimiter_filter') },
    },
    warn: (text) => say(`warning: ${text}`),
    complain,
  });
  return await carryOut({ name, config, request, own, context, say });
}

async function carryOut(run: SendmailRun): Promise<number> {
  const { request, context, config } = run;
  const { flush, aliasDatabase } = request;
  switch (request.mode) {
    case 'enqueue':
      if (flush === undefined) return await enqueue(run, await authorize(run));
      refuseOperands(request, flush.kind === 'site' ? 'flush site' : 'flush queue_id');
      throw toUsageError('flushing the queue comes with the queue');
    case 'aliases': {
      refuseOperands(request, 'alias initialization mode');
      const tables =
        aliasDatabase === undefined ? splitItems(config.get('alias_database')).map(fromOctets) : [aliasDatabase];
      return tables.length === 0 ? 0 : await runTool(postalias, ['--', ...tables], context);
    }
    case 'list queue':
      refuseOperands(request, 'display queue mode');
      throw toUsageError('listing the queue comes with the queue');
    case 'flush queue':
      refuseOperands(request, 'flush queue mode');
      throw toUsageError('flushing the queue comes with the queue');
    case 'daemon':
      refuseOperands(request, 'daemon mode');
      throw toUsageError('start the server with: postfixture');
    case 'smtp session': {
      refuseOperands(request, 'stand-alone mode');
      const { serveSmtp } = await import('./sendmail-session.ts');
      return await serveSmtp(run, await authorize(run));
    }
    case 'nothing':
      return 0;
  }
}

function refuseOperands({ operands }: SendmailRequest, mode: string): void {
  if (operands.length > 0) throw toUsageError(`${mode} requires no recipient`);
}

/** Who runs it, if that account may hand mail in. @throws {FatalError} if it may not */
async function authorize({ name, config, context }: SendmailRun): Promise<Submitter> {
  const submitter = findSubmitter(config, context);
  const { user, uid } = submitter;
  const called = user === '' ? 'unknown' : user;
  if (await isAuthorized('authorized_submit_users', called, { config, context, tool: name })) return submitter;
  throw toUsageError(`User ${called}(${uid}) is not allowed to submit mail`);
}
