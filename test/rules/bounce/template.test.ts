import { describe, expect, test } from 'vitest';
import { BUILT_IN_TEMPLATES } from '../../../src/rules/bounce/built-in-templates.ts';
import { parseTemplateFile } from '../../../src/rules/bounce/template-file.ts';
import { expandTemplate, formatTemplate, toTemplates } from '../../../src/rules/bounce/template.ts';
import type { Finding } from '../../../src/rules/config/finding.ts';

/** The templates of a file, with what is said of it. */
function read(text: string) {
  const findings: Finding[] = [];
  const report = (finding: Finding) => void findings.push(finding);
  const templates = toTemplates(parseTemplateFile(text, 'bt', report), 'bt', report);
  return { templates, said: findings.map(({ postfixLine }) => postfixLine) };
}

function expand(line: string, seconds = 432_000) {
  const findings: Finding[] = [];
  const values = { find: (name: string) => (name === 'h' ? 'host $e\t' : undefined), findSeconds: () => seconds };
  const template = { ...BUILT_IN_TEMPLATES.delay, origin: 'bt', text: [line] };
  const expanded = expandTemplate(template, values, (finding) => findings.push(finding));
  return { expanded, said: findings.map(({ postfixLine }) => postfixLine) };
}

test('a file’s template takes the place of Postfix’s own, and what it leaves out stays', () => {
  const { templates, said } = read('# c\n\nfailure_template = <<EOF\nSubject: no\n\nText\n\nEOF\n');

  expect(said).toEqual([]);
  expect(templates.map((template) => template.class)).toEqual(['failure', 'delay', 'success', 'verify']);
  expect(templates[0]).toEqual({ ...BUILT_IN_TEMPLATES.failure, origin: 'bt', subject: 'no', text: ['Text', ''] });
  expect(templates[1]).toBe(BUILT_IN_TEMPLATES.delay);
});

test('of two templates of a class the last counts', () => {
  expect(read('verify_template = a\nverify_template = b\n').templates[3]?.text).toEqual(['b']);
});

test('a template is written as it is read', () => {
  const text = formatTemplate(BUILT_IN_TEMPLATES.failure);

  const { obsoleteFrom: _, ...builtIn } = BUILT_IN_TEMPLATES.failure;
  expect(read(`failure_template = <<EOF\n${text}EOF\n`).templates[0]).toEqual({ ...builtIn, origin: 'bt' });
});

describe('a template with a mistake is passed over, and said to be', () => {
  test.for([
    ['X: y\n\nz', 'bt: unknown "X" header label in success template -- ignoring this template'],
    ['From:\n\nz', 'bt: empty "From" header value in success template -- ignoring this template'],
    ['Subject: \xe9\n\nz', 'bt: non-ASCII "Subject" header value in success template -- ignoring this template'],
    [
      'Postmaster-Subject: x\n\nz',
      'bt: inapplicable "Postmaster-Subject" header label in success template -- ignoring this template',
    ],
    ['Subject: x', 'bt: missing message text in success template -- ignoring this template'],
    ['z \xe9', 'bt: 8-bit message text in success template'],
  ] as const)('%s: %s', ([text, warning]) => {
    const { templates, said } = read(`success_template = <<EOF\n${text}\nEOF\n`);

    expect(said[0]).toBe(`warning: ${warning}`);
    expect(templates[2]).toBe(BUILT_IN_TEMPLATES.success);
  });
});

test('octets beyond ASCII need a charset', () => {
  expect(read('success_template = <<EOF\nCharset: utf-8\n\n\xc3\xa9\nEOF\n').templates[2]).toMatchObject({
    charset: 'utf-8',
    text: ['\xc3\xa9'],
  });
});

test.for([
  ['foo_template = x\n', 'warning: bt, line 2: unknown template name: foo_template -- ignoring this template'],
  ['failure_template = <<EOF\nx\n', 'warning: bt, line 3: missing "EOF" end marker'],
] as const)('%s: %s', ([text, warning]) => {
  expect(read(text).said).toEqual([warning]);
});

test.for([
  ['foo\n', 'fatal: bt, line 2: missing \'=\' after attribute name: "foo"'],
  ['failure_template = <<\n', 'fatal: bt, line 2: missing end marker after <<'],
  ['failure_template = << -\n', 'fatal: bt, line 2: malformed end marker after <<'],
] as const)('%s ends the daemon: %s', ([text, fatal]) => {
  expect(() => read(text)).toThrow(fatal);
});

test.for([
  ['$h', 'host $e_\n'],
  ['a\t$$ ${x:none}', 'a\t$ none\n'],
  ['$maximal_queue_lifetime_days', '5\n'],
  ['$delay_warning_time_weeks', '0\n'],
  ['$maximal_queue_lifetime_hours', '120\n'],
] as const)('the text %s becomes %s: a value once, a time in its unit', ([line, expanded]) => {
  expect(expand(line).expanded).toBe(expanded);
});

test.for([
  [
    '$delay_warning_time_days',
    40,
    'warning: bt: zero result in delay template conversion of parameter "delay_warning_time_days"',
  ],
  [
    '$delay_warning_time_minutes',
    432_000,
    'warning: bt: excessive result "7200" in delay template conversion of parameter "delay_warning_time_minutes"',
  ],
] as const)('%s of %i seconds: %s', ([line, seconds, warning]) => {
  expect(expand(line, seconds).said[0]).toBe(warning);
});

test.for([
  ['$nosuch', 'fatal: bt: undefined $name in delay template: $nosuch'],
  ['x $', 'fatal: bt: bad $name syntax in delay template: x $'],
  ['$delay_warning_time_x', 'fatal: bt: unrecognized suffix "x" in parameter "delay_warning_time_x"'],
] as const)('the text %s ends the daemon: %s', ([line, fatal]) => {
  expect(() => expand(line)).toThrow(fatal);
});
