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
  { text: '認証コードは123456です。', codes: ['123456'] },
  { text: '認証コード：987654（10分間有効）', codes: ['987654'] },
  { text: 'ワンタイムパスワード: 4821', codes: ['4821'] },
  { text: '인증번호 482917을 입력하세요', codes: ['482917'] },
  { text: 'Your code is 123456. Order number 99887766.', codes: ['123456'] },
  { text: 'Your code is 123456. Questions? Call 555 123 4567.', codes: ['123456'] },
  { text: 'Your code is 123456. Phone: 5551234', codes: ['123456'] },
  { text: 'Your code is 123456, the price stays at $4500 or 4500 EUR', codes: ['123456'] },
  { text: '確認コードは 5513 です。ご注文番号 20261130、合計 12800円、2026年', codes: ['5513'] },
  { text: 'confirm your booking: invoice no. 4711-2233, total 1299 €', codes: [] },
  { text: 'your postal code 10115 and promo code SAVE20', codes: [] },
  { text: 'Verify by 20261130', codes: [] },
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
