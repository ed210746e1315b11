import { ConfigErrors } from '../rules/config/config-error.ts';
import type { startServer } from '../server.ts';
import { readVersion } from '../settings/version.ts';
import { parseArguments } from './arguments.ts';
import { caCommand } from './ca.ts';
import { check } from './check.ts';
import { getCommand, type Command } from './command.ts';
import type { Context } from './context.ts';
import { EXIT } from './exit-status.ts';
import { explainCommand } from './explain.ts';
import { helpCommand } from './help-command.ts';
import { formatHelp } from './help.ts';
import { runTool } from './postfix-tool.ts';
import { POSTFIX_TOOLS } from './postfix/tools.ts';
import { linkTools } from './link-tools.ts';
import { replayCommand } from './replay.ts';
import { serveCommand } from './serve.ts';
import { testCommand } from './test.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';
import { whyCommand } from './why.ts';

/**
 * Runs the command that `argv` asks for, one of Postfix's tools by its own name included; `serve` if it names none.
 * @param argv without the program's name
 * @param start starts the server, for the commands that need one
 * @returns the exit status, see {@link EXIT}
 */
export async function run(argv: readonly string[], context: Context, start: typeof startServer): Promise<number> {
  const serve = serveCommand(start);
  const others = [serve, explainCommand, testCommand, replayCommand, whyCommand, check, caCommand, linkTools, version];
  const commands: readonly Command[] = [...others, helpCommand(others)];
  const [word] = argv;
  const isNamed = word !== undefined && !word.startsWith('-');
  try {
    const tool = POSTFIX_TOOLS.find(({ name }) => name === word);
    if (tool) return await runTool(await tool.load(), argv.slice(1), context);
    const command = isNamed ? getCommand(word, commands) : serve;
    const request = parseArguments(command, isNamed ? argv.slice(1) : argv);
    switch (request.kind) {
      case 'help':
        context.stdout.write(formatHelp(command, commands));
        return EXIT.ok;
      case 'version':
        context.stdout.write(`${readVersion()}\n`);
        return EXIT.ok;
      case 'run':
        return await command.run(request.args, context);
    }
  } catch (error) {
    return report(error, context);
  }
}

/** Says what went wrong. @returns the exit status */
function report(error: unknown, { stderr }: Context): number {
  if (error instanceof ConfigErrors) {
    for (const { message } of error.errors) stderr.write(`postfixture: ${message}\n`);
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    stderr.write(`postfixture: ${error.message}\n`);
    return EXIT.usage;
  }
  // Ours: where it happened is what a report of it needs.
  stderr.write(`postfixture: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.failure;
}
