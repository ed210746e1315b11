import { toMailboxHead } from '../delivery/mailbox-head.ts';
import type { Act } from '../journey.ts';
import type { Octets } from '../octets.ts';
import { censor, expandAttributes } from './attributes.ts';
import { bounceToOwner } from './owner-bounce.ts';
import { toUnprivileged } from './privileges.ts';
import { deeper, fail, finish, note, warn, type Result, type Run, type Way } from './way.ts';

/** Who names a command. Those that the administrator names in main.cf need no permission. */
type CommandSource = 'expansion' | 'mailbox_command' | 'mailbox_command_maps';

// QUIRK: whatever PATH there was, a command gets this one.
const PATH = '/usr/bin:/bin';

/**
 * Delivers to a command.
 * @see local(8), "EXTERNAL COMMAND DELIVERY"; Postfix's command(3)
 */
export function deliverToCommand(run: Run, before: Way, command: Octets, source: CommandSource): Result {
  const { settings, view } = run;
  if (source === 'expansion' && !settings.toCommands.has(before.expansion ?? '')) {
    const words = `${before.expansion ?? ''} isn't among them`;
    note(run, before, { stage: 'local', parameter: 'allow_mail_to_commands', note: words });
    // QUIRK: where a list's file is denied its owner is told; here it is the sender.
    return fail(run, before, 'bounced', ['5.7.1', 'mail to command is restricted']);
  }
  if (source !== 'expansion') note(run, before, { stage: 'local', parameter: source, result: command });
  if (run.seen(`command ${before.user}:${before.rights.uid} ${command}`)) {
    note(run, before, { stage: 'local', note: 'the command has had the message already' });
    return 'done';
  }
  const way = deeper(before, { rights: toUnprivileged(run, before.rights) });
  const wanted = view.raw('command_execution_directory') ?? '';
  const directory = expandAttributes(wanted, way, view.get('execution_directory_expansion_filter'))?.text;
  if (directory === undefined) {
    warn(run, `bad parameter value syntax for command_execution_directory: ${wanted}`);
    return bounceToOwner(run, way, ['4.3.5', 'mail system configuration error']);
  }
  const act = toAct(run, way, { command, directory });
  const { request, context } = run;
  const success = { status: 'sent', dsn: '2.0.0', text: `delivered to command: ${command}` } as const;
  const outcome = context.agent.perform(act, { recipient: way.recipient, success, ...request });
  if (outcome.status === 'sent') return finish(run, way, { act, ...outcome });
  return bounceToOwner(run, way, [outcome.dsn, outcome.text], act);
}

function toAct(
  run: Run,
  way: Way,
  { command, directory }: { readonly command: Octets; readonly directory: Octets },
): Act {
  const { view, settings } = run;
  const { recipient, sender, delivered, rights } = way;
  const named = settings.prepends.has('command') ? (delivered ?? recipient.address) : undefined;
  return {
    kind: 'command',
    command,
    shell: view
      .get('local_command_shell')
      .split(/[ \t\r\n]+/)
      .filter((word) => word !== ''),
    head: toMailboxHead({ sender, original: recipient.original, delivered: named }, view),
    environment: [...listExported(run), ...listAttributes(run, way)],
    uid: rights.uid,
    gid: rights.gid,
    directory: directory === '' ? view.get('queue_directory') : directory,
  };
}

type Variable = readonly [name: Octets, value: Octets];

/** What export_environment lets through: what it sets itself, or what import_environment has set. */
function listExported({ view }: Run): readonly Variable[] {
  const imported = new Map(view.words('import_environment').flatMap(toVariable));
  const exported = view.words('export_environment').flatMap((word): readonly Variable[] => {
    const value = imported.get(word);
    return value === undefined ? toVariable(word) : [[word, value]];
  });
  return [...exported, ['PATH', PATH]];
}

/** `NAME=value`; a name alone stands for the environment that Postfix was started in. */
function toVariable(word: Octets): readonly Variable[] {
  const [name = '', ...value] = word.split('=');
  return value.length === 0 ? [] : [[name, value.join('=')]];
}

/** What a command is told of the delivery; what command_expansion_filter doesn't allow becomes `_`. */
function listAttributes({ request, view }: Run, way: Way): readonly Variable[] {
  const { recipient, rights, extension } = way;
  const { client, login } = request.message;
  const variables: readonly (readonly [Octets, Octets | undefined])[] = [
    ['HOME', rights.account?.home],
    ['LOGNAME', way.user],
    ['USER', way.user],
    ['SENDER', way.sender],
    ['RECIPIENT', recipient.address],
    ['LOCAL', way.local],
    ['SHELL', rights.account?.shell],
    ['DOMAIN', way.domain],
    ['EXTENSION', extension],
    ['ORIGINAL_RECIPIENT', recipient.original || undefined],
    ['CLIENT_HOSTNAME', client.name || undefined],
    ['CLIENT_ADDRESS', client.address || undefined],
    ['CLIENT_HELO', client.helo || undefined],
    ['CLIENT_PROTOCOL', client.protocol || undefined],
    ['SASL_USERNAME', login || undefined],
  ];
  const allowed = view.get('command_expansion_filter');
  return variables.flatMap(([name, value]): readonly Variable[] =>
    value === undefined ? [] : [[name, censor(value, allowed)]],
  );
}
