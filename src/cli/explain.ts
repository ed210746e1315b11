import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AskError, toAskedMail, type AskedMail } from '../rules/asked-mail.ts';
import { explain } from '../rules/explain.ts';
import { compareJourneys } from '../rules/journey-difference.ts';
import type { Journey } from '../rules/journey.ts';
import { describeSystemError } from '../settings/read-file.ts';
import { defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { formatDifference } from './difference-text.ts';
import { EXIT } from './exit-status.ts';
import { formatJourney } from './journey-text.ts';
import { toMailOctets } from './mail-octets.ts';
import {
  byFlag,
  CONFIGURATION_OPTIONS,
  LIVE_OPTION,
  openConfiguration,
  type ConfigurationChoice,
} from './open-configuration.ts';
import { UsageError } from './usage-error.ts';

/** The queue ID that asked mail shows, in Postfix's long form: nobody sent it, and nothing is stored. */
const QUEUE_ID = '4000000000z1';

/** `postfixture explain`: says where Postfix would take mail for a recipient, and why. */
export const explainCommand = defineCommand({
  name: 'explain',
  usage: 'explain RECIPIENT [FLAG…]',
  summary: 'Say what Postfix would do with mail for a recipient, and which line of which file decides it',
  options: {
    from: { value: 'SENDER', summary: 'the reverse-path; empty for <>' },
    client: { value: 'ADDR', summary: 'the client: ADDR or name[ADDR] (127.0.0.1)' },
    helo: { value: 'NAME', summary: 'what the client says in EHLO' },
    auth: { value: 'USER', summary: 'the client has logged in' },
    tls: { summary: 'the connection is encrypted' },
    service: { value: 'NAME', summary: 'by which service of master.cf: 587, submission, smtps (smtp)' },
    message: { value: 'FILE', summary: 'the message, for header and body checks' },
    ...CONFIGURATION_OPTIONS,
    live: LIVE_OPTION,
    against: { value: 'DIR', summary: 'another configuration: what it changes; 1 if it does' },
    verbose: { short: 'v', summary: 'look-ups that found nothing, too' },
    json: { summary: 'the journey as data; with --against both, and what differs' },
  },
  operands: { recipient: { value: 'RECIPIENT' } },
  notes: [
    'Nothing is sent, stored or run. Policy servers are asked only with --live. With --against the status is 1 if a destination differs,',
    'and -o counts for both configurations.',
    '',
  ],
  async run(args, context) {
    const asked: AskedMail = {
      from: args.from ?? '',
      to: [args.recipient],
      ...(args.client !== undefined && { client: args.client }),
      ...(args.helo !== undefined && { helo: args.helo }),
      ...(args.auth !== undefined && { login: args.auth }),
      isEncrypted: args.tls === true,
      ...(args.service !== undefined && { service: args.service }),
      ...(args.message !== undefined && { message: await readMessage(args.message, context) }),
    };
    const journey = await ask(asked, args, context);
    if (args.against === undefined) {
      context.stdout.write(
        args.json === true ? toJson(journey) : formatJourney(journey, { isVerbose: args.verbose === true }),
      );
      return EXIT.ok;
    }
    const { override, live } = args;
    const choice = { config: args.against, named: byFlag('--against'), override, live };
    const other = await ask(asked, choice, context);
    const difference = compareJourneys(journey, other);
    const data = { ...difference, before: journey, after: other };
    context.stdout.write(args.json === true ? toJson(data) : formatDifference(args.recipient, difference));
    return difference.isSame ? EXIT.ok : EXIT.failure;
  },
});

/** What would become of the mail by one configuration. */
async function ask(asked: AskedMail, choice: ConfigurationChoice, context: Context): Promise<Journey> {
  await using configuration = openConfiguration(choice, context);
  const { world } = configuration;
  const mail = read(() => toAskedMail(asked, world, { queueId: QUEUE_ID, nowMs: Date.now() }));
  return (await configuration.decide(() => explain(mail, world))).journey;
}

function toJson(data: unknown): string {
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

/** What is wrong with the question is the user's. */
function read<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof AskError) throw new UsageError(error.message, 'see postfixture explain --help');
    throw error;
  }
}

async function readMessage(path: string, { cwd }: Context): Promise<Uint8Array> {
  try {
    return toMailOctets(await readFile(resolve(cwd, path)));
  } catch (error) {
    throw new UsageError(`${path}: ${describeSystemError(error)}`, 'name a file with a message');
  }
}
