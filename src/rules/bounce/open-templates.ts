import type { ReportFinding } from '../config/finding.ts';
import { FatalError } from '../config/fatal-error.ts';
import type { RuleWorld } from '../world.ts';
import { BUILT_IN_TEMPLATES, type BounceTemplate, type TemplateClass } from './built-in-templates.ts';
import { parseTemplateFile } from './template-file.ts';
import { toTemplates } from './template.ts';

// What is wrong with the file is a finding of the configuration, told when it was read.
const ignore: ReportFinding = () => {};

/** The template of a class: that of bounce_template_file, if it has one that can be used. */
export function getTemplate(
  kind: TemplateClass,
  { view, readFile }: Pick<RuleWorld, 'view' | 'readFile'>,
): BounceTemplate {
  const bounce = view('bounce/unix');
  const templates = bounce.once('templates', () => readTemplates(bounce.get('bounce_template_file'), readFile));
  return templates.find((template) => template.class === kind) ?? BUILT_IN_TEMPLATES[kind];
}

function readTemplates(file: string, readFile: RuleWorld['readFile']): readonly BounceTemplate[] {
  const fact = file === '' ? undefined : readFile(file);
  if (fact === undefined || 'fault' in fact) return [];
  try {
    return toTemplates(parseTemplateFile(fact.text, file, ignore), file, ignore);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return [];
  }
}
