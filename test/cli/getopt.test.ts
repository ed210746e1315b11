import { expect, test } from 'vitest';
import { readOptions } from '../../src/cli/getopt.ts';

const option = (letter: string, value?: string) => ({ kind: 'option', letter, ...(value !== undefined && { value }) });

test.for([
  { argv: ['-a', '-b'], steps: [option('a'), option('b')], operands: [], why: 'letters in order' },
  { argv: ['-ab'], steps: [option('a'), option('b')], operands: [], why: 'letters may be joined' },
  { argv: ['-c', 'x', 'y'], steps: [option('c', 'x')], operands: ['y'], why: 'a value may be the next argument' },
  { argv: ['-acx', 'y'], steps: [option('a'), option('c', 'x')], operands: ['y'], why: 'or what is joined to it' },
  { argv: ['-c', '-a'], steps: [option('c', '-a')], operands: [], why: 'even if it looks like an option' },
  { argv: ['x', '-a'], steps: [], operands: ['x', '-a'], why: 'the first operand ends the options' },
  { argv: ['-a', '--', '-b'], steps: [option('a')], operands: ['-b'], why: 'two dashes end them, too' },
  { argv: ['-', '-a'], steps: [], operands: ['-', '-a'], why: 'a lone dash is an operand' },
  { argv: ['-d', 'x'], steps: [option('d')], operands: ['x'], why: 'after :: a value is only what is joined' },
  { argv: ['-dx'], steps: [option('d', 'x')], operands: [], why: 'after :: a value is only what is joined' },
])('$argv: $why', ({ argv, steps, operands }) => {
  expect(readOptions(argv, 'abc:d::')).toEqual({ steps, operands });
});

test.for([
  { argv: ['-x'], message: "invalid option -- 'x'" },
  { argv: ['-:'], message: "invalid option -- ':'" },
  { argv: ['--help'], message: "invalid option -- '-'" },
  { argv: ['-ac'], message: "option requires an argument -- 'c'" },
])('$argv stops at a fault: $message', ({ argv, message }) => {
  expect(readOptions(argv, 'abc:d::').steps.at(-1)).toEqual({ kind: 'fault', message });
});
