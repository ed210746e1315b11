import { FatalError } from '../config/fatal-error.ts';
import type { ReportFinding } from '../config/finding.ts';
import { escapeMacros, expandMacros, MacroError } from '../config/macros.ts';
import type { Octets } from '../octets.ts';
import { toTemplateFinding } from './template-finding.ts';
import { BUILT_IN_TEMPLATES, TEMPLATE_CLASSES, type BounceTemplate } from './built-in-templates.ts';
import type { WrittenTemplate } from './template-file.ts';

/** What a template's `$name` may stand for. */
export interface TemplateValues {
  /** A parameter, expanded; undefined if there is none. */
  readonly find: (name: Octets) => Octets | undefined;
  /** A parameter that is a time, in seconds; undefined if it is none that templates know. */
  readonly findSeconds: (name: 'delay_warning_time' | 'maximal_queue_lifetime') => number;
}

const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({ seconds: 1, minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 }),
);
const TIME = /^(delay_warning_time|maximal_queue_lifetime)_(.*)$/;
const HEADER = /^([!-9;-~]+)[ \t]*:[: \t\n\v\f\r]*(.*)$/;
const INSTRUCTIONS = 'for instructions see the bounce(5) manual';

/**
 * The templates of all classes: those of a file where it has them, else Postfix's own.
 * @param report gets what is wrong with one of the file's; its place is taken by the built-in one
 */
export function toTemplates(
  written: readonly WrittenTemplate[],
  origin: string,
  report: ReportFinding,
): readonly BounceTemplate[] {
  return TEMPLATE_CLASSES.map((kind) => {
    const own = written.findLast((template) => template.class === kind);
    return own === undefined ? BUILT_IN_TEMPLATES[kind] : parseTemplate(own, origin, report);
  });
}

/** A template as its file has it. */
export function formatTemplate({ charset, from, subject, postmasterSubject, text }: BounceTemplate): Octets {
  const copy = postmasterSubject === undefined ? [] : [`Postmaster-Subject: ${postmasterSubject}`];
  return [`Charset: ${charset}`, `From: ${from}`, `Subject: ${subject}`, ...copy, '', ...text, ''].join('\n');
}

/**
 * The template's text with `$name` expanded: parameters, and times in another unit, `$maximal_queue_lifetime_days`.
 * @throws {FatalError} for a name that nothing stands for
 */
export function expandTemplate(template: BounceTemplate, values: TemplateValues, report: ReportFinding): Octets {
  return template.text.map((line) => `${expandLine(line, template, { values, report })}\n`).join('');
}

/** QUIRK: header_from_format changes the built-in From alone. */
function withFrom({ obsoleteFrom: _, ...template }: BounceTemplate, from: Octets): BounceTemplate {
  return { ...template, from };
}

function parseTemplate(written: WrittenTemplate, origin: string, report: ReportFinding): BounceTemplate {
  const builtIn = BUILT_IN_TEMPLATES[written.class];
  const refuse = (problem: Octets): BounceTemplate => {
    report(toTemplateFinding(origin, 'warning', `${origin}: ${problem} -- ignoring this template`));
    return builtIn;
  };
  let template: BounceTemplate = { ...builtIn, origin };
  const lines = written.text.split('\n');
  let index = 0;
  for (; index < lines.length; index++) {
    const [, label = '', value = ''] = HEADER.exec(lines[index] ?? '') ?? [];
    if (label === '') break;
    if (value === '') return refuse(`empty "${label}" header value in ${written.class} template`);
    if (!isAscii(value)) return refuse(`non-ASCII "${label}" header value in ${written.class} template`);
    const folded = label.toLowerCase();
    if (folded === 'charset') template = { ...template, charset: value };
    else if (folded === 'from') template = withFrom(template, value);
    else if (folded === 'subject') template = { ...template, subject: value };
    else if (folded !== 'postmaster-subject')
      return refuse(`unknown "${label}" header label in ${written.class} template`);
    else if (builtIn.postmasterSubject === undefined) {
      return refuse(`inapplicable "${label}" header label in ${written.class} template`);
    } else template = { ...template, postmasterSubject: value };
  }
  while (index < lines.length && /^[ \t\n\v\f\r]*$/.test(lines[index] ?? '')) index++;
  const text = lines.slice(index);
  if (text.length === 0) return refuse(`missing message text in ${written.class} template`);
  if (!text.every(isAscii) && template.charset.toLowerCase() === 'us-ascii') {
    const problem = `8-bit message text in ${written.class} template`;
    for (const part of [`${origin}: ${problem}`, 'please specify a charset value other than us-ascii']) {
      report(toTemplateFinding(origin, 'warning', part));
    }
    report(toTemplateFinding(origin, 'warning', '-- ignoring this template for now'));
    return builtIn;
  }
  return { ...template, text };
}

function expandLine(
  line: Octets,
  template: BounceTemplate,
  { values, report }: { readonly values: TemplateValues; readonly report: ReportFinding },
): Octets {
  const { origin, class: kind } = template;
  const find = (name: Octets): Octets | undefined => {
    const [, parameter, suffix = ''] = TIME.exec(name) ?? [];
    // Once only: what a parameter says isn't looked through for names.
    if (parameter !== 'delay_warning_time' && parameter !== 'maximal_queue_lifetime') {
      const value = values.find(name);
      return value === undefined ? undefined : escapeMacros(value.replace(/[^\x20-\x7e\x80-\xff]/g, '_'));
    }
    const unit = UNITS.get(suffix);
    if (unit === undefined) throw toFatal(origin, `unrecognized suffix "${suffix}" in parameter "${name}"`);
    const seconds = values.findSeconds(parameter);
    const count = Math.floor(seconds / unit);
    for (const warning of listTimeWarnings({ name, suffix, count, seconds, unit }, template)) {
      report(toTemplateFinding(origin, 'warning', warning));
    }
    return String(count);
  };
  const unknown: Octets[] = [];
  try {
    const expanded = expandMacros(line, find, (name) => unknown.push(name));
    if (unknown.length > 0) throw toFatal(origin, `undefined $name in ${kind} template: ${line}`);
    return expanded;
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    for (const warning of error.warnings) report(toTemplateFinding(origin, 'warning', warning));
    throw toFatal(origin, `bad $name syntax in ${kind} template: ${line}`);
  }
}

function listTimeWarnings(
  time: {
    readonly name: Octets;
    readonly suffix: string;
    readonly count: number;
    readonly seconds: number;
    readonly unit: number;
  },
  { origin, class: kind }: BounceTemplate,
): readonly Octets[] {
  const { name, suffix, count, seconds, unit } = time;
  const which = `time unit "${suffix}" of "${name}" in ${kind} template`;
  if (count > 999 && unit < 86_400) {
    const problem = `excessive result "${count}" in ${kind} template conversion of parameter "${name}"`;
    return [`${origin}: ${problem}`, `please increase ${which}`, INSTRUCTIONS];
  }
  if (count > 0 || seconds === 0 || unit === 1) return [];
  const problem = `zero result in ${kind} template conversion of parameter "${name}"`;
  return [`${origin}: ${problem}`, `please reduce ${which}`, INSTRUCTIONS];
}

function isAscii(text: Octets): boolean {
  return !/[\x80-\xff]/.test(text);
}

function toFatal(origin: string, problem: Octets): FatalError {
  return new FatalError(toTemplateFinding(origin, 'fatal', `${origin}: ${problem}`));
}
