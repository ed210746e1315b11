import { FatalError } from '../rules/config/fatal-error.ts';
import type { Finding } from '../rules/config/finding.ts';
import { NEWEST_KNOWN } from '../rules/check/upgrade.ts';
import { isOlder } from '../rules/check/versions.ts';
import { checkConfiguration } from '../settings/check.ts';
import { readMasterCf } from '../settings/master-cf.ts';
import { readPostfixConfiguration, type PostfixConfiguration } from '../settings/postfix-configuration.ts';
import { toGitHubAnnotations } from './check-formats/github.ts';
import { toJson } from './check-formats/json.ts';
import { toSarif } from './check-formats/sarif.ts';
import { toText } from './check-formats/text.ts';
import { defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { EXIT } from './exit-status.ts';
import { UsageError } from './usage-error.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

const PIPED = '<standard input>';

/** `postfixture check`: says what is wrong with a configuration. */
export const check = defineCommand({
  name: 'check',
  usage: 'check [--config DIR|-] [FLAG…]',
  summary: 'Say what is wrong with main.cf, master.cf and the tables, why it matters, and how to mend it',
  options: {
    config: { short: 'c', value: 'DIR', summary: 'where main.cf is; - reads what postconf -n printed' },
    'as-production': { summary: 'take Postfix’s defaults for what main.cf leaves unset' },
    upgrade: { value: 'VERSION', summary: 'say what an upgrade of production changes, too' },
    format: { value: 'FORMAT', summary: 'text, json, sarif, or github for its annotations (text)' },
    json: { summary: 'the same as --format json' },
    'fail-on': { value: 'LEVEL', summary: 'what makes the status 1: error or warning (error)' },
  },
  operands: {},
  notes: ['Every code that a finding may have: docs/findings.md', ''],
  async run(args, context) {
    const format = args.json === true ? 'json' : parseFormat(args.format ?? 'text');
    const isStrict = parseLevel(args['fail-on'] ?? 'error') === 'warning';
    if (args.upgrade !== undefined) checkVersion(args.upgrade);
    const found: Finding[] = [];
    let configuration: PostfixConfiguration | undefined;
    try {
      configuration = await readConfiguration(args.config, context, found);
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      found.push(error.finding);
    }
    const findings =
      configuration === undefined
        ? found
        : checkConfiguration(
            {
              configuration,
              services: readMasterCf(configuration, (finding) => void found.push(finding)),
              env: context.env,
              now: Date.now(),
              ...(args['as-production'] === true && { defaults: 'postfix' as const }),
              ...(args.upgrade !== undefined && { upgrade: args.upgrade }),
            },
            found,
          ).findings;
    context.stdout.write(print(format, { findings, configuration, context }));
    const isBad = findings.some(({ severity }) => severity === 'error' || (isStrict && severity === 'warning'));
    return isBad ? EXIT.failure : EXIT.ok;
  },
});

async function readConfiguration(
  directory: string | undefined,
  { cwd, env, stdin }: Context,
  found: Finding[],
): Promise<PostfixConfiguration> {
  const report = (finding: Finding): void => void found.push(finding);
  const sources = { program: 'postfixture', cwd, env };
  if (directory === '-') {
    return readPostfixConfiguration({ ...sources, mainCf: { text: await readAll(stdin), file: PIPED } }, report);
  }
  const configuration = readPostfixConfiguration({ ...sources, directory }, report);
  if (configuration.isBuiltIn) {
    throw new UsageError('there is no main.cf here, nor in postfix', 'name its directory with --config DIR');
  }
  return configuration;
}

/** As octets. */
async function readAll(stdin: Context['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('latin1');
}

interface Printed {
  readonly findings: readonly Finding[];
  readonly configuration: PostfixConfiguration | undefined;
  readonly context: Context;
}

function print(format: Format, { findings, configuration, context }: Printed): string {
  switch (format) {
    case 'text': {
      const hasColor = context.isTTY && !context.env['NO_COLOR'];
      return toText(findings, { hasColor, readLines: (file) => readLines(file, configuration) });
    }
    case 'json':
      return toJson(findings);
    case 'sarif':
      return toSarif(findings);
    case 'github':
      return toGitHubAnnotations(findings);
  }
}

function readLines(file: string, configuration: PostfixConfiguration | undefined): readonly string[] {
  if (configuration === undefined) return [];
  const text = configuration.isPiped && file === PIPED ? configuration.text : undefined;
  const fact = text === undefined ? configuration.readFile(file) : { text };
  return 'text' in fact ? fact.text.split('\n') : [];
}

function parseFormat(text: string): Format {
  const format = FORMATS.find((known) => known === text);
  if (format === undefined) throw new UsageError(`unknown format "${text}"`, `write one of ${FORMATS.join(', ')}`);
  return format;
}

function parseLevel(text: string): 'error' | 'warning' {
  if (text === 'error' || text === 'warning') return text;
  throw new UsageError(`unknown level "${text}"`, 'write error or warning');
}

function checkVersion(text: string): void {
  if (!/^[0-9]+\.[0-9]+$/.test(text)) throw new UsageError(`"${text}" is no version`, 'write it as 3.10');
  if (isOlder(NEWEST_KNOWN, text)) {
    throw new UsageError(`what Postfix ${text} changes is not known here`, `name a version up to ${NEWEST_KNOWN}`);
  }
}
