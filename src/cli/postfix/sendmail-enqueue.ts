import { getParameter } from '../../rules/config/spelling.ts';
import { toOctets } from '../../rules/octets.ts';
import type { InputOptions } from '../../rules/sendmail/read-input.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import type { Context } from '../context.ts';
import { printLine, toUsageError } from '../postfix-tool.ts';
import { submit } from '../submit/submit.ts';
import { SubmitError } from '../submit/submit-error.ts';
import { findTarget } from './find-target.ts';
import { makeMessage, type SendmailMessage } from './sendmail-message.ts';
import type { SendmailRun } from './sendmail-run.ts';
import type { Submitter } from './submitter.ts';

/**
 * Hands one message in.
 * @returns the exit status: 0 once it is kept
 * @throws {FatalError} in Postfix's words
 */
export async function enqueue(run: SendmailRun, submitter: Submitter): Promise<number> {
  const { config, request, context, say } = run;
  const limit = readSizeLimit(config);
  const octets = request.trace === 'verify' ? NOTHING : await readAll(context.stdin, limit);
  const message = makeMessage({
    request,
    submitter,
    input: {
      octets: octets ?? NOTHING,
      fixLineEndings: readFixLineEndings(config),
      lineLimit: Number(config.get('line_length_limit')),
      headerLimit: Number(config.get('header_size_limit')),
    },
    warn: (text) => say(`warning: ${text}`),
  });
  const sender = toOctets(message.envelope.reversePath);
  const about = `${sender}(${submitter.uid})`;
  if (octets === undefined || (limit > 0 && measureDropped(message) > limit)) throw refuseSize(run, submitter, about);
  try {
    await submit(message, { ...findTarget(run), signal: context.signal });
  } catch (error) {
    if (!(error instanceof SubmitError)) throw error;
    if (error.code === 'TOO_BIG') throw refuseSize(run, submitter, about);
    say(`warning: ${toOctets(error.message)}`);
    throw toUsageError(`${about}: queue file write error`);
  }
  if (request.trace !== undefined) {
    context.stdout.write(`Mail Delivery Status Report will be mailed to <${message.envelope.reversePath}>.\n`);
  }
  return 0;
}

const NOTHING = Buffer.alloc(0);

/** All of standard input; undefined if it is more than the limit: no more of it is read. */
async function readAll(stdin: Context['stdin'], limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const octets = Buffer.from(chunk);
    size += octets.length;
    if (limit > 0 && size > limit) return undefined;
    chunks.push(octets);
  }
  return Buffer.concat(chunks);
}

/** What main.cf says, or Postfixture's own default; 0: no limit. */
function readSizeLimit(config: PostfixConfiguration): number {
  const isPostfixs = config.values.has('message_size_limit') || config.get('catch_defaults') === 'postfix';
  return Number(isPostfixs ? config.get('message_size_limit') : getParameter('message_size_limit').default);
}

function readFixLineEndings(config: PostfixConfiguration): InputOptions['fixLineEndings'] {
  const value = config.get('sendmail_fix_line_endings');
  if (value === 'always' || value === 'strict' || value === 'never') return value;
  throw toUsageError(`invalid sendmail_fix_line_endings value: ${value}`);
}

/** Of the records beside the message: times, marks, the names of attributes. */
const FRAME_OCTETS = 70;

/** About how large the file is that postdrop(1) writes: as many octets as a line's end has frame each record. */
function measureDropped({ envelope, raw }: SendmailMessage): number {
  const { reversePath, recipients, submission } = envelope;
  const texts = [reversePath, submission?.fullName ?? '', ...recipients.map(({ address }) => address)];
  return FRAME_OCTETS + raw.byteLength + texts.reduce((sum, text) => sum + text.length + 2, 0);
}

/** postdrop(1) writes the file, and the kernel refuses. */
function refuseSize({ context, say }: SendmailRun, { uid }: Submitter, about: string): Error {
  printLine('postdrop', `warning: uid=${uid}: File too large`, context.stderr);
  say('warning: mail_stream_cleanup: close error');
  return toUsageError(`${about}: message file too big`);
}
