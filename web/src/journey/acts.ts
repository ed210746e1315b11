import type { JourneyAct } from '../../../src/http/api/schemas/journey.ts';

/** What a delivery agent does, as a line of code: a path, a command with its arguments, hosts. */
export function formatAct(act: JourneyAct): string {
  switch (act.kind) {
    case 'mailbox':
      return act.path;
    case 'command':
      return act.command;
    case 'pipe':
      return act.argv.map(quote).join(' ');
    case 'smtp':
    case 'lmtp':
      return act.hosts.join(', ');
  }
}

/** So that one sees where an argument ends. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
