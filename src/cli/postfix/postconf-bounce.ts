import { BUILT_IN_TEMPLATES, type BounceTemplate } from '../../rules/bounce/built-in-templates.ts';
import { parseTemplateFile } from '../../rules/bounce/template-file.ts';
import { expandTemplate, formatTemplate, toTemplates } from '../../rules/bounce/template.ts';
import { FatalError } from '../../rules/config/fatal-error.ts';
import type { ReportFinding } from '../../rules/config/finding.ts';
import { findValueFault, parseSeconds } from '../../rules/config/postfix-value.ts';
import { fromOctets, toOctets, type Octets } from '../../rules/octets.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import { readProgramConfiguration } from '../../settings/program-configuration.ts';
import type { Context } from '../context.ts';
import { reportAs, runTool, toUsageError } from '../postfix-tool.ts';
import type { PostconfRequest } from './postconf-request.ts';

/** The daemon that postconf(1) asks, whose name is before what it says. */
const DAEMON = 'postfix/bounce';

/** Of what the daemon reads, what templates may be made of. */
const READ_BY_DAEMON = ['maximal_queue_lifetime', 'delay_warning_time', 'bounce_notice_recipient'];

/**
 * `postconf -b` and `-t`: prints the texts of notifications, expanded, or the templates.
 * @returns the exit status
 * @throws {FatalError} if postconf itself ends
 */
export async function showTemplates(request: PostconfRequest, context: Context): Promise<number> {
  if (request.operands.length > 1) throw toUsageError('options -b and -t require at most one template file');
  const { cwd, env, stdout, stderr } = context;
  const config = readProgramConfiguration(
    { program: 'postconf', directory: request.directory, cwd, env },
    reportAs('postconf', stderr),
  );
  const bounce = {
    name: DAEMON,
    summary: 'the text of notifications',
    run: async () => {
      const report = reportAs(DAEMON, stderr);
      for (const name of READ_BY_DAEMON) checkValue(name, config);
      const [named] = request.operands;
      const file = named === undefined ? config.get('bounce_template_file') : toOctets(named);
      const templates = file === '' ? Object.values(BUILT_IN_TEMPLATES) : readTemplates(file, config, report);
      const blocks = templates.map((template) =>
        request.flags.has('b')
          ? `expanded_${template.class}_text = <<EOF\n${expand(template, config, report)}EOF\n`
          : `${template.class}_template = <<EOF\n${formatTemplate(template)}EOF\n`,
      );
      stdout.write(Buffer.from(blocks.join('\n'), 'latin1'));
      return 0;
    },
  };
  return runTool(bounce, [], context);
}

function readTemplates(file: Octets, config: PostfixConfiguration, report: ReportFinding): readonly BounceTemplate[] {
  const fact = config.readFile(file);
  const name = fromOctets(file);
  if ('text' in fact) return toTemplates(parseTemplateFile(fact.text, file, report), file, report);
  const problem = `${fact.fault === 'Is a directory' ? 'read' : 'open'} ${file}: ${fact.fault}`;
  throw toFatal(problem, name);
}

function expand(template: BounceTemplate, config: PostfixConfiguration, report: ReportFinding): Octets {
  return expandTemplate(
    template,
    {
      find: (name) => (config.raw(name) === undefined ? undefined : config.get(name)),
      findSeconds: (name) => parseSeconds(config.get(name), config.parameters.get(name)?.unit ?? 's')?.seconds ?? 0,
    },
    report,
  );
}

function checkValue(name: string, config: PostfixConfiguration): void {
  const parameter = config.parameters.get(name);
  const fault = parameter && findValueFault(parameter, config.get(name));
  if (fault !== undefined) throw toFatal(fault, 'main.cf');
}

function toFatal(problem: Octets, file: string): FatalError {
  return new FatalError({
    severity: 'error',
    code: 'bounce-template',
    at: { file },
    problem,
    why: 'No notification can be sent.',
    hint: 'correct it, or leave bounce_template_file empty',
    postfixLine: `fatal: ${problem}`,
  });
}
