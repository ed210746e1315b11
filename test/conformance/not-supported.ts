// What the product is not asked, and why: the one list, which may only shrink. An entry that no vector needs any more
// fails the run.
import { TOOLS } from './shims.ts';
import type { CliProbe, Probe, Vector, SessionProbe } from './vector.ts';

/** What is compared all the same. `findings`: what is said of the configuration, with what the product finds in it. */
export type StillCompared = 'nothing' | 'findings' | 'all but the content of notices';

/** Probes that are counted apart, neither passed nor failed. */
export interface NotSupported {
  readonly reason: string;
  readonly still: StillCompared;
  matches(probe: Probe, vector: Vector): boolean;
}

const TOOLS_OF_QUEUE: readonly string[] = ['mailq', 'postqueue', 'postsuper', 'postcat'];

/** Whoever runs the cases plays root, and files show it. */
const OWNERS: NotSupported = {
  reason: 'only root can give files to root',
  still: 'nothing',
  matches: (probe) => probe.kind === 'cli' && /\bstat\b.*%[UuGg]|\bls -\w*l/.test(probe.argv.join(' ')),
};

/** Whether a notice of it is among the messages: it came of none, and is from nobody whom a probe plays. */
function tellsOfSession({ expected: { messages = [] } }: SessionProbe): boolean {
  return messages.some(({ sender, origin }) => origin === undefined && sender?.startsWith('double-bounce@') === true);
}

function bringsSecret({ lines }: SessionProbe): boolean {
  return lines.some((line) => typeof line === 'string' && /^AUTH /i.test(line));
}

/** All of them. */
export const NOT_SUPPORTED: readonly NotSupported[] = [
  ...(process.getuid?.() === 0 ? [] : [OWNERS]),
  {
    reason: 'time passes in the queue, which comes later',
    still: 'nothing',
    matches: (probe, { covers }) =>
      probe.kind === 'later' || covers.some((cover) => /^(?:delay_warning_time|maximal_queue_lifetime=0)$/.test(cover)),
  },
  {
    reason: 'the SMTP client comes with the relay: what it would send is only thought of',
    still: 'nothing',
    matches: (probe, { config }) =>
      probe.kind === 'smtp' &&
      config.smtp === 'real' &&
      probe.expected.deliveries?.some(({ relay }) => relay !== undefined) === true,
  },
  {
    reason: 'the product keeps no secret: a notice of a session has **** where the client logged in',
    still: 'all but the content of notices',
    matches: (probe) => probe.kind === 'session' && bringsSecret(probe) && tellsOfSession(probe),
  },
  {
    reason: 'the tools of the queue come with the queue',
    still: 'nothing',
    matches: (probe) => probe.kind === 'cli' && (runs(probe, TOOLS_OF_QUEUE) || asksForQueue(probe)),
  },
  {
    reason: 'the report that -v and -bv ask for is not written yet',
    still: 'nothing',
    matches: (probe) =>
      probe.kind === 'cli' && probe.argv[0] === 'sendmail' && /^Mail Delivery/.test(probe.expected.stdout),
  },
  {
    reason: 'an address that is an at sign alone goes another way',
    still: 'nothing',
    matches: (probe) =>
      probe.kind === 'cli' && probe.expected.deliveries?.some(({ to }) => to === 'MAILER-DAEMON@') === true,
  },
  {
    reason: 'postfix comes with the queue; what it says of owners and modes is the kernel of that machine',
    still: 'findings',
    matches: (probe) => probe.kind === 'cli' && runs(probe, ['postfix']),
  },
  {
    reason: 'postlog writes to a log file that the product does not have',
    still: 'nothing',
    matches: (probe) => probe.kind === 'cli' && runs(probe, ['postlog']),
  },
  {
    reason: "what Postfix's daemons wrote to its log file",
    still: 'findings',
    matches: (probe) => probe.kind === 'cli' && /^cat .*\/var\/log\//.test(probe.argv.join(' ')),
  },
  {
    reason: 'what lies in the directories of the queue',
    still: 'nothing',
    matches: (probe) => probe.kind === 'cli' && /\/var\/spool\/postfix/.test(probe.argv.join(' ')),
  },
  {
    reason: 'only the kernel refuses: the tools run as one user, whoever a probe plays',
    still: 'nothing',
    matches: (probe) =>
      probe.kind === 'cli' && probe.user !== undefined && /Permission denied/.test(probe.expected.stderr ?? ''),
  },
  {
    reason: '-v tells of the inside of the program',
    still: 'nothing',
    matches: (probe) =>
      probe.kind === 'cli' &&
      TOOLS.includes(probe.argv[0] ?? '') &&
      probe.argv.some((word) => word.startsWith('-v')) &&
      probe.argv[0] !== 'sendmail',
  },
];

/** Whether sendmail is asked to list the queue, or to flush it, and knows how. */
function asksForQueue({ argv: [name, ...words], expected }: CliProbe): boolean {
  const asks = words.some((word) => /^-(?:bp|q$|q[RI])/.test(word));
  return name === 'sendmail' && asks && !/^sendmail: fatal:/m.test(expected.stderr ?? '');
}

/** Whether a probe runs one of these tools, be it from a shell. */
function runs({ argv }: CliProbe, tools: readonly string[]): boolean {
  const [name = '', ...words] = argv;
  if (name !== 'sh') return tools.includes(name);
  const commands = words.join('\n').split(/[;&|\n]+/);
  return commands.some((command) => tools.includes(/[\w.-]+/.exec(command)?.[0] ?? ''));
}
