import { expect, test } from 'vitest';
import {
  formatAddressList,
  listAddresses,
  parseAddressList,
  toAddressText,
} from '../../../src/rules/address/address-list.ts';

test.for([
  { text: 'a@b, c@d', addresses: ['a@b', 'c@d'], formatted: 'a@b, c@d', why: 'two addresses' },
  { text: 'a@b c@d', addresses: ['a@b', 'c@d'], formatted: 'a@b, c@d', why: 'a comma that was forgotten' },
  { text: 'Joe Blow <joe@x>', addresses: ['joe@x'], formatted: 'Joe Blow <joe@x>', why: 'a phrase' },
  { text: '<a@b> <c@d>', addresses: ['a@b', 'c@d'], formatted: '<a@b> <c@d>', why: 'no comma between brackets' },
  { text: 'x <a@b> c@d', addresses: ['a@b', 'c@d'], formatted: 'x <a@b>, c@d', why: 'a comma behind brackets' },
  { text: 'a@b (note) , c', addresses: ['a@b', 'c'], formatted: 'a@b (note), c', why: 'a comment' },
  { text: 'a(x)@b(y)', addresses: ['a@b'], formatted: 'a@b (x) (y)', why: 'comments go behind the address' },
  { text: '"joe blow"@x', addresses: ['"joe blow"@x'], formatted: '"joe blow"@x', why: 'quotes' },
  { text: 'joe\\ blow@x', addresses: ['"joe blow"@x'], formatted: '"joe blow"@x', why: 'a backslash becomes quotes' },
  { text: 'a@[1.2.3.4]', addresses: ['a@[1.2.3.4]'], formatted: 'a@[1.2.3.4]', why: 'a literal' },
  { text: 'g: a@b, c@d;', addresses: ['a@b', 'c@d'], formatted: 'g: a@b, c@d;', why: 'a group' },
  { text: 'g: a@b;, h: c;', addresses: ['a@b', 'c'], formatted: 'g: a@b;, h: c;', why: 'two groups' },
  { text: 'undisclosed-recipients:;', addresses: [], formatted: 'undisclosed-recipients: ;', why: 'an empty group' },
  { text: '<@r:a@b>', addresses: ['@r:a@b'], formatted: '<@r:a@b>', why: 'a route' },
  { text: 'a!b%c@d', addresses: ['a!b%c@d'], formatted: 'a!b%c@d', why: 'operators of old' },
  { text: '<>', addresses: [], formatted: '<>', why: 'nobody' },
  { text: '', addresses: [], formatted: '', why: 'nothing' },
  { text: ' , ,', addresses: [], formatted: ', , ', why: 'commas alone' },
  { text: '"open', addresses: ['"open"'], formatted: 'open', why: 'a quote that nothing closes' },
])('$text: $why', ({ text, addresses, formatted }) => {
  expect(listAddresses(text).map(toAddressText)).toEqual(addresses);
  expect(formatAddressList(parseAddressList(text)).trim()).toBe(formatted.trim());
});

test('a list may be folded behind each comma', () => {
  expect(formatAddressList(parseAddressList('a, b'), '\n')).toBe('a,\nb');
});

test('tokens beyond the limit are left out', () => {
  expect(listAddresses('a, b, c', 3).map(toAddressText)).toEqual(['a', 'b']);
});

test('a hundred thousand addresses take no time to speak of', () => {
  expect(listAddresses('<a@b> (c) d, '.repeat(100_000))).toHaveLength(200_000);
});
