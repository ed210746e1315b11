import { expect, test } from 'vitest';
import { findOneTimeCodes } from '../../src/message/one-time-code.ts';

test.for([
  { text: 'Your code is 123456.', codes: ['123456'] },
  { text: '123456 is your verification code', codes: ['123456'] },
  { text: 'PIN: 4711', codes: ['4711'] },
  { text: 'Your OTP: 123 456, valid for 10 minutes', codes: ['123 456'] },
  { text: 'G-123456 is your code', codes: ['G-123456'] },
  { text: 'Bestätigungscode: AB12CD', codes: ['AB12CD'] },
  { text: 'use code K7QX-92MF to log in', codes: ['K7QX-92MF'] },
  { text: '您的验证码是 884422', codes: ['884422'] },
  { text: 'code 1111 or code 2222 or code 1111', codes: ['1111', '2222'] },
  { text: 'code: 2026', codes: ['2026'] },
  { text: 'Copyright 2026, see our code of conduct', codes: [] },
  { text: 'Order 123456 was shipped', codes: [] },
  { text: 'code https://x.test/123456?a=654321', codes: [] },
  { text: 'code 123456789', codes: [] },
  { text: 'code 12.345678 and 1,2345', codes: [] },
  { text: 'the CODE is PASSWORD', codes: [] },
  { text: '', codes: [] },
])('$text: $codes', ({ text, codes }) => {
  expect(findOneTimeCodes(text)).toEqual(codes);
});

test('at most ten are found', () => {
  const text = Array.from({ length: 50 }, (_, index) => `code ${5_000 + index}`).join(', ');
  expect(findOneTimeCodes(text)).toHaveLength(10);
});
