import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { MASTER_FIELDS, parseMasterCf, readOverrides } from '../../../src/rules/config/master-cf.ts';
import { formatEntry } from '../../../src/rules/config/master-cf-text.ts';

const read = (text: string) => {
  const findings: Finding[] = [];
  const entries = parseMasterCf(text, 'master.cf', (finding) => findings.push(finding));
  return { entries, findings, lines: findings.map(({ postfixLine }) => postfixLine) };
};
const SERVICE = 'smtp inet n - n - - smtpd';

test('an entry has eight columns, arguments, and the place of each', () => {
  const { entries } = read('# c\nsmtp inet n - y 60? 5 smtpd\n  # c\n  -v\n  -o { a = b  c }\n');
  expect(entries).toMatchObject([
    {
      at: { file: 'master.cf', line: 2 },
      fields: { service: 'smtp', type: 'inet', chroot: 'y', wakeup: '60?', process_limit: '5', command: 'smtpd' },
      args: [{ text: '-v', at: { line: 4 } }, { text: '-o' }, { text: 'a=b  c', at: { line: 5, column: 6 } }],
    },
  ]);
});

test.for([
  { args: '-o a=b', overrides: ['a=b'], why: 'the short form' },
  { args: '-oa=b', overrides: ['a=b'], why: 'without a blank' },
  { args: '-o { a = b  c }', overrides: ['a=b  c'], why: 'the long form keeps the blanks of the value' },
  { args: '-vo a=b', overrides: ['a=b'], why: 'behind other letters' },
  { args: '-o a=1 -v -o a=2', overrides: ['a=1', 'a=2'], why: 'each is there, in order' },
  { args: '-o a=b c -o d=e', overrides: ['a=b'], why: 'the first word that is no option ends them' },
  { args: '-- -o a=b', overrides: [], why: 'and so does --' },
  { args: '-o', overrides: [], why: 'without a value there is none' },
  { args: '-o x = y', overrides: [], why: 'blanks take it apart' },
  { args: '-omyorigin=foo', overrides: ['rigin=f'], why: 'Postfix takes each o for an option' },
])('"$args" overrides $overrides: $why', ({ args, overrides }) => {
  const [entry] = read(`${SERVICE} ${args}\n`).entries;
  expect(entry && readOverrides(entry).map(({ name, value }) => `${name}=${value}`)).toEqual(overrides);
});

test.for([
  { text: 'smtp inet n - n - -', line: 'fatal: file master.cf: line 2: bad field count' },
  { text: 'smtp foo n - n - - x', line: 'fatal: invalid type field "foo" in "smtp foo n - n - - x"' },
  { text: 'smtp inet no - n - - x', line: 'fatal: invalid private field "no" in "smtp inet no - n - - x"' },
  { text: 'smtp inet n - n 5x - x', line: 'fatal: invalid wakeup field "5x" in "smtp inet n - n 5x - x"' },
  { text: 'smtp inet n - n - 1? x', line: 'fatal: invalid process_limit field "1?" in "smtp inet n - n - 1? x"' },
  { text: `${SERVICE} -o {a = b`, line: `warning: master.cf: missing '}' in "{a = b"` },
  { text: `${SERVICE} -o {a}b`, line: `warning: master.cf: syntax error after '}' in "{a}b"` },
  { text: `${SERVICE} {a b}`, line: undefined },
])('of "$text" postconf says: $line', ({ text, line }) => {
  const { findings } = read(`# c\n${text}\n`);
  expect(findings[0]?.postfixLine).toBe(line);
});

test('one bad entry does not hide the next, nor its mistakes', () => {
  const { entries, lines } = read(`a foo\n${SERVICE}\nb unix ! - - - - x\n`);
  expect(entries).toHaveLength(1);
  expect(lines).toHaveLength(2);
});

test('any text is read, and what is written of it reads the same', () => {
  const words = fc.constantFrom(
    'smtp',
    'inet',
    'n',
    '-',
    'x',
    '-o',
    'a=b',
    '{a = b c}',
    '{',
    '}',
    '-vo',
    ' ',
    '\n',
    '\n ',
    '#',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((all) => `${SERVICE} ${all.join(' ')}`),
      ),
      (text) => {
        for (const entry of read(text).entries) {
          expect(MASTER_FIELDS.every((field) => entry.fields[field] !== '')).toBe(true);
          const [again] = read(formatEntry(entry, { isFolded: true })).entries;
          expect(again?.fields).toEqual(entry.fields);
        }
      },
    ),
  );
});
