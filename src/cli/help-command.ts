import { defineCommand, getCommand, type Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { formatHelp } from './help.ts';
import { formatParameterList } from './parameter-reference.ts';

/** `postfixture help [COMMAND]`, and `help parameters`. @param others the commands beside this one */
export function helpCommand(others: readonly Command[]): Command {
  const help: Command = defineCommand({
    name: 'help',
    summary: 'Show what a command does, or all parameters',
    options: {},
    operands: { topic: { value: 'COMMAND|parameters', isOptional: true } },
    async run({ topic = 'serve' }, { stdout }) {
      const all = [...others, help];
      stdout.write(topic === 'parameters' ? formatParameterList() : formatHelp(getCommand(topic, all), all));
      return EXIT.ok;
    },
  });
  return help;
}
