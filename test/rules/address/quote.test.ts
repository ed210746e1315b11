import { expect, test } from 'vitest';
import { quoteAddress, quoteForSmtp, quoteLocalPart, unquoteAddress } from '../../../src/rules/address/quote.ts';

test.for([
  { internal: 'joe@dom.test', external: 'joe@dom.test', why: 'nothing needs quotes' },
  { internal: 'joe blow@dom.test', external: '"joe blow"@dom.test', why: 'a blank' },
  { internal: 'joe@x@dom.test', external: '"joe@x"@dom.test', why: 'a second at sign' },
  { internal: 'joe.@dom.test', external: '"joe."@dom.test', why: 'a dot at the end' },
  { internal: '.joe@dom.test', external: '".joe"@dom.test', why: 'a dot at the beginning' },
  { internal: 'a..b@dom.test', external: '"a..b"@dom.test', why: 'two dots' },
  { internal: 'a"b\\c@dom.test', external: '"a\\"b\\\\c"@dom.test', why: 'quotes and backslashes' },
  { internal: 'a\tb@dom.test', external: '"a\tb"@dom.test', why: 'a control character' },
  { internal: '@dom.test', external: '""@dom.test', why: 'an empty local part' },
  { internal: '', external: '""', why: 'nobody' },
  { internal: 'j\xf6e@dom.test', external: 'j\xf6e@dom.test', why: 'octets above 127 need none' },
  { internal: 'joe%host!x@dom.test', external: 'joe%host!x@dom.test', why: 'routing of old' },
])('$internal is $external in external form, and back: $why', ({ internal, external }) => {
  expect(quoteAddress(internal)).toBe(external);
  expect(unquoteAddress(external)).toBe(internal);
});

test('a source route stays as it is', () => {
  expect(quoteAddress('@a,@b:joe blow@c')).toBe('@a,@b:"joe blow"@c');
  expect(unquoteAddress('@a,@b:"joe blow"@c')).toBe('@a,@b:joe blow@c');
});

test('behind the domain nothing is unquoted', () => {
  expect(unquoteAddress('"a b"@c\\d')).toBe('a b@c\\d');
});

test('an at sign in a local part without a domain needs quotes', () => {
  expect(quoteLocalPart('joe@x')).toBe('"joe@x"');
  expect(quoteAddress('joe@x')).toBe('joe@x');
});

test('SMTP commands have line feeds escaped, too, and know no source route', () => {
  expect(quoteForSmtp('a\nb@c')).toBe('"a\\\nb"@c');
  expect(quoteForSmtp('@a:b@c')).toBe('"@a:b"@c');
  expect(quoteForSmtp('joe')).toBe('joe');
});
