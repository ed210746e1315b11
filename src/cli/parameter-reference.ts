import { getParameter, PARAMETER_NAMES, toEnvironmentVariable, toFlag, toOption } from '../rules/config/spelling.ts';

const COLUMNS = 80;
const INTRODUCTION = `# Parameters

Every setting is a parameter, with Postfix’s own name where Postfix has one and \`catch_…\` where it hasn’t. Flag,
environment variable and library option are other spellings of it. The first of these that is given counts: flag or
library option, environment variable, \`-o name=value\`, default.

Values are read as in main.cf: booleans are \`yes\` or \`no\`, times have a unit of \`s\`, \`m\`, \`h\`, \`d\` or \`w\` (seconds
without), lists are separated by commas or white space, \`$name\` is the value of another parameter and \`$$\` a dollar
sign. A boolean’s flag takes no value: \`--open\`, \`--no-open\`. Library options take booleans, numbers (times in
milliseconds) and arrays, too.

This page is made by \`node scripts/parameters.js\`.
`;

/** All parameters as a page of documentation, formatted as Prettier would. */
export function formatParameterPage(): string {
  const head = ['Parameter', 'Flag', 'Environment', 'Option', 'Type', 'Default', 'Meaning'];
  const rows = PARAMETER_NAMES.map((name) => {
    const { type, default: usual, values, meaning } = getParameter(name);
    return [
      code(name),
      code(`--${toFlag(name)}`),
      code(toEnvironmentVariable(name)),
      code(toOption(name)),
      values === undefined ? type : values.map(code).join(', '),
      usual === '' ? '' : code(usual),
      meaning,
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const table = [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
  return `${INTRODUCTION}\n${table.join('\n')}\n`;
}

/** All parameters, for a screen. */
export function formatParameterList(): string {
  const entries = PARAMETER_NAMES.map((name) => {
    const { default: usual, meaning } = getParameter(name);
    const spellings = [`--${toFlag(name)}`, toEnvironmentVariable(name), toOption(name)].join(', ');
    return [
      `${name} = ${usual}`.trimEnd(),
      ...wrap(spellings, COLUMNS - 2).map((line) => `  ${line}`),
      ...wrap(meaning, COLUMNS - 4).map((line) => `    ${line}`),
    ];
  });
  return `${entries.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
