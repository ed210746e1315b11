import { COMMON_OPTIONS } from './arguments.ts';
import type { Command, CommandOption } from './command.ts';
import { POSTFIX_TOOLS } from './postfix/tools.ts';

/** What `--help` shows of a command, for a screen of 80 columns. @param all every command's name is shown, too */
export function formatHelp(command: Command, all: readonly Command[]): string {
  const options = Object.entries<CommandOption>({ ...command.options, ...COMMON_OPTIONS });
  const rows = options.flatMap(([name, option]) =>
    option.summary === undefined ? [] : [{ left: formatFlag(name, option), right: option.summary }],
  );
  const width = Math.max(...rows.map(({ left }) => left.length)) + 2;
  return [
    `Usage: postfixture ${command.usage ?? toUsage(command)}`,
    `${command.summary}.`,
    '',
    ...rows.map(({ left, right }) => `  ${left.padEnd(width)}${right}`),
    '',
    ...(command.notes ?? []),
    `Commands: ${listNames(all)}`,
    'More: postfixture help COMMAND',
    `Postfix’s own tools: ${POSTFIX_TOOLS.map(({ name }) => name).join(', ')}`,
    '',
  ].join('\n');
}

/** All but `help`, of which the next line tells. */
function listNames(all: readonly Command[]): string {
  const names = all.map(({ name }) => name);
  return names.filter((name) => name !== 'help').join(', ');
}

function toUsage({ name, operands }: Command): string {
  const words = Object.values(operands).map(({ value, isOptional, isRepeated }) => {
    const name = isRepeated ? `${value}…` : value;
    return isOptional ? `[${name}]` : name;
  });
  return [name, '[FLAG…]', ...words].join(' ');
}

function formatFlag(name: string, { short, value }: CommandOption): string {
  const placeholder = value === undefined ? '' : ` ${value}`;
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${placeholder}`;
}
