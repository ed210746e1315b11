import { FatalError } from '../config/fatal-error.ts';
import type { ReportFinding } from '../config/finding.ts';
import { splitNameValue } from '../config/main-cf.ts';
import type { Octets } from '../octets.ts';
import { toTemplateFinding } from './template-finding.ts';
import { TEMPLATE_CLASSES, type TemplateClass } from './built-in-templates.ts';

/** A template as it stands in the file, headers and text not told apart. */
export interface WrittenTemplate {
  readonly class: TemplateClass;
  readonly text: Octets;
}

/**
 * Reads the file that `bounce_template_file` names: `failure_template = <<EOF`, lines, `EOF`. Of equal names the last
 * one counts.
 * @throws {FatalError} where Postfix's bounce daemon ends
 * @see bounce(5)
 */
export function parseTemplateFile(text: Octets, file: string, report: ReportFinding): readonly WrittenTemplate[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const templates: WrittenTemplate[] = [];
  let index = 0;
  // QUIRK: Postfix counts the line after the one that it has read.
  const place = (): string => `${file}, line ${index + 1}`;
  while (text !== '' && index < lines.length) {
    const line = lines[index++] ?? '';
    if (/^[ \t\n\v\f\r]*(?:#|$)/.test(line)) continue;
    const parsed = splitNameValue(line);
    if ('fault' in parsed)
      throw new FatalError(toTemplateFinding(file, 'fatal', `${place()}: ${parsed.fault}: "${line}"`));
    let { value } = parsed;
    if (value.startsWith('<<')) {
      const marker = value.slice(2).replace(/^[ \t\n\v\f\r]+/, '');
      if (marker === '')
        throw new FatalError(toTemplateFinding(file, 'fatal', `${place()}: missing end marker after <<`));
      if (!/^[A-Za-z0-9]/.test(marker)) {
        throw new FatalError(toTemplateFinding(file, 'fatal', `${place()}: malformed end marker after <<`));
      }
      const end = lines.indexOf(marker, index);
      value = lines.slice(index, end < 0 ? lines.length : end).join('\n');
      index = end < 0 ? lines.length : end + 1;
      if (end < 0) report(toTemplateFinding(file, 'warning', `${place()}: missing "${marker}" end marker`));
    }
    const kind = TEMPLATE_CLASSES.find((known) => parsed.name === `${known}_template`);
    if (kind !== undefined) templates.push({ class: kind, text: value });
    else {
      const problem = `${place()}: unknown template name: ${parsed.name} -- ignoring this template`;
      report(toTemplateFinding(file, 'warning', problem));
    }
  }
  return templates;
}
