import { expect, test } from 'vitest';
import { expandValue } from '../../../src/rules/config/expand.ts';
import { escapeMacros } from '../../../src/rules/config/macros.ts';

const TEXTS: Readonly<Record<string, string>> = {
  h: 'host',
  e: '',
  deep: '<$h>',
  many: '$twice$twice',
  twice: '$h$h',
  loop: 'x$pool',
  pool: '${loop}',
};
const at = { file: 'main.cf', line: 1 };
const expand = (text: string) =>
  expandValue('asked', { text, at }, (name) => {
    const found = name === 'asked' ? text : TEXTS[name];
    return found === undefined ? undefined : { text: found, at: { file: 'main.cf', line: 2 } };
  });

test.for([
  { text: '$h', expanded: 'host' },
  { text: '${h}', expanded: 'host' },
  { text: '$(h)', expanded: 'host' },
  { text: '${ h }', expanded: 'host' },
  { text: 'a$h$(h)b', expanded: 'ahosthostb' },
  { text: '$h-x $h.x ${h}x', expanded: 'host-x host.x hostx' },
  { text: '{$h}', expanded: '{host}' },
  { text: '[$e]', expanded: '[]' },
  { text: '$$h', expanded: '$h' },
  { text: '$deep', expanded: '<host>' },
  { text: 'no dollar', expanded: 'no dollar' },
  { text: '${h?{yes}:{no}}', expanded: 'yes' },
  { text: '${nosuch:none}', expanded: 'none' },
  { text: '$many', expanded: 'hosthosthosthost' },
])('$text is $expanded', ({ text, expanded }) => {
  expect(expand(text)).toBe(expanded);
});

test.for([
  { text: 'cost 5$ ok', message: 'main.cf:1: empty macro name: "cost 5$ ok"\n  hint: write $$ for a dollar sign' },
  { text: 'x$', message: 'main.cf:1: empty macro name: "x$"\n  hint: write $$ for a dollar sign' },
  { text: '${}', message: 'main.cf:1: empty macro name: "${}"\n  hint: write $$ for a dollar sign' },
  { text: '${h', message: 'main.cf:1: truncated macro reference: "${h"\n  hint: write ${name}' },
  { text: '$(h}', message: 'main.cf:1: truncated macro reference: "$(h}"\n  hint: write ${name}' },
  { text: '${h-x}', message: 'main.cf:1: attribute name syntax error at: "...h>>>-x"\n  hint: write ${name}' },
  { text: '$nosuch', message: 'main.cf:1: undefined parameter: nosuch\n  hint: write $$ for a dollar sign' },
  {
    text: 'a $asked',
    message: 'main.cf:1: unreasonable macro call nesting: "asked"\n  hint: break the circle asked → asked',
  },
  {
    text: '$loop',
    message: 'main.cf:2: unreasonable macro call nesting: "loop"\n  hint: break the circle loop → pool → loop',
  },
])('$text is refused where the mistake is: $message', ({ text, message }) => {
  expect(() => expand(text)).toThrow(message);
});

test('escaped text comes out as it was', () => {
  expect(expand(escapeMacros('a$b $$ ${c'))).toBe('a$b $$ ${c');
});
