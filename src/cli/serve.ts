import { once } from 'node:events';
import { systemClock } from '../clock.ts';
import { openLog, type Log } from '../log.ts';
import { openLiveLookups } from '../lookups/live-lookups.ts';
import type { Finding } from '../rules/config/finding.ts';
import type { ParameterName } from '../rules/config/parameters.ts';
import { getParameter, PARAMETER_NAMES, toFlag } from '../rules/config/spelling.ts';
import type { Server, startServer } from '../server.ts';
import { watchSettings } from '../settings/live-settings.ts';
import { loadSettings } from '../settings/load.ts';
import { readMachine } from '../settings/machine.ts';
import type { TableHistory } from '../settings/table-history.ts';
import { readVersion } from '../settings/version.ts';
import { formatBanner } from './banner.ts';
import { defineCommand, type Arguments, type Command, type CommandOption } from './command.ts';
import { EXIT } from './exit-status.ts';
import { formatFinding } from './format-finding.ts';
import { openInbox } from './inbox-opener.ts';
import { describeStartFailure } from './start-failure.ts';

const TAKEN = 'postfixture: the configuration was read again\n';
const NOT_TAKEN = 'postfixture: the configuration was not taken, the one before is still in force\n';
/** The first screen has room for so many. */
const SHOWN_FINDINGS = 10;

/** A flag for every parameter, from the one table. */
const PARAMETER_OPTIONS: Readonly<Record<string, CommandOption>> = Object.fromEntries(
  PARAMETER_NAMES.map((name) => [toFlag(name), toCommandOption(name)]),
);

/** `postfixture serve`, and `postfixture` alone: runs until it is asked to end. */
export function serveCommand(start: typeof startServer): Command {
  return defineCommand({
    name: 'serve',
    usage: '[serve] [FLAG…]',
    summary: 'Catch every mail that is sent here, and show it in a web inbox',
    options: {
      ...PARAMETER_OPTIONS,
      override: {
        short: 'o',
        value: 'NAME=VALUE',
        isRepeated: true,
        summary: 'any parameter, as in main.cf; repeatable',
      },
    },
    operands: {},
    notes: ['Variables will do, too: POSTFIXTURE_SMTP_PORT=2525. All: help parameters'],
    async run(args, context) {
      const { cwd, env, isTTY, signal, stdout, stderr } = context;
      const late: { log?: Log } = {};
      await using lookups = openLiveLookups(() => late.log);
      const load = (tablesBefore?: TableHistory) =>
        loadSettings(
          {
            ask: lookups.ask,
            reportLookup: lookups.report,
            flags: readParameterFlags(args),
            environment: env,
            overrides: args.override,
            machine: readMachine(cwd),
          },
          tablesBefore,
        );
      const settings = load();
      const log = openLog(settings.get('catch_log_level'), stderr);
      late.log = log;
      await using live = watchSettings({ first: settings, load, clock: systemClock, log });
      lookups.follow(() => live.current());
      const color = { hasColor: isTTY && !env['NO_COLOR'] };
      stderr.write(formatFindings(settings.findings, color));
      let server: Server;
      try {
        server = await start({ settings: live, log, lookups });
      } catch (error) {
        const failure = describeStartFailure(error, settings);
        if (failure === undefined) throw error;
        stderr.write(`postfixture: ${failure}\n`);
        return EXIT.failure;
      }
      await using running = server;
      const facts = {
        version: readVersion(),
        settings,
        smtp: running.smtp,
        services: running.services(),
        inboxUrl: running.http.url,
        location: running.store.location,
      };
      stdout.write(formatBanner(facts, color));
      using _reloads = live.onReload(() => {
        const { findings } = live.rejected() ?? live.current();
        stderr.write(live.rejected() ? NOT_TAKEN : TAKEN);
        stderr.write(formatFindings(findings, color));
      });
      if (settings.get('catch_open_inbox')) await openInbox(running.http.url, stderr);
      if (!signal.aborted) await once(signal, 'abort');
      return EXIT.ok;
    },
  });
}

/** The errors and warnings, as far as there is room for them. */
function formatFindings(findings: readonly Finding[], color: { readonly hasColor: boolean }): string {
  const grave = findings.filter(({ severity }) => severity !== 'note');
  const shown = grave.slice(0, SHOWN_FINDINGS).map((finding) => `${formatFinding(finding, color)}\n`);
  const left = grave.length - shown.length;
  return shown.join('') + (left > 0 ? `and ${left} more: postfixture check shows them\n` : '');
}

/** What `--help` says of a parameter, and how its flag is read. */
function toCommandOption(name: ParameterName): CommandOption {
  const { type, default: usual, short, placeholder, summary } = getParameter(name);
  const isFlag = type === 'boolean';
  const ending = isFlag || usual === '' ? '' : ` (${usual})`;
  return {
    ...(short === undefined ? {} : { short }),
    ...(isFlag ? {} : { value: placeholder ?? 'VALUE' }),
    ...(summary === undefined ? {} : { summary: summary + ending }),
  };
}

/** The parameters among the flags, as main.cf would have them. */
function readParameterFlags(args: Arguments): Partial<Record<ParameterName, string>> {
  const flags: Partial<Record<ParameterName, string>> = {};
  for (const name of PARAMETER_NAMES) {
    const value = args[toFlag(name)];
    if (typeof value === 'boolean') flags[name] = value ? 'yes' : 'no';
    if (typeof value === 'string') flags[name] = value;
  }
  return flags;
}
