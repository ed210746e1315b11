import { expect, test } from 'vitest';
import { findLanguage, parseLanguageChoice } from '../../../web/src/strings/language.ts';

test.for([
  { choice: 'system', preferred: ['ja', 'en-US'], language: 'ja', locale: 'ja-JP', why: 'it is the first of both' },
  { choice: 'system', preferred: ['de-DE', 'ja-JP'], language: 'ja', locale: 'ja-JP', why: 'German isn’t spoken here' },
  { choice: 'system', preferred: ['en-US', 'ja'], language: 'en', locale: 'en-US', why: 'dates are the browser’s own' },
  { choice: 'system', preferred: ['de-DE'], language: 'en', locale: 'en-GB', why: 'English is what is left' },
  { choice: 'system', preferred: [], language: 'en', locale: 'en-GB', why: 'the browser says nothing' },
  { choice: 'system', preferred: ['en-US@posix'], language: 'en', locale: 'en-GB', why: 'that is no locale' },
  { choice: 'ja', preferred: ['en-US'], language: 'ja', locale: 'ja-JP', why: 'it was chosen' },
  { choice: 'en', preferred: ['ja-JP', 'en-AU'], language: 'en', locale: 'en-AU', why: 'it was chosen' },
] as const)('$choice with $preferred is $language, written as $locale: $why', ({ choice, preferred, ...found }) => {
  expect(findLanguage(choice, preferred)).toEqual({ language: found.language, locale: found.locale });
});

test.for([
  { kept: 'ja', choice: 'ja' },
  { kept: 'tlh', choice: 'system' },
  { kept: undefined, choice: 'system' },
])('what is kept as $kept is the choice $choice', ({ kept, choice }) => {
  expect(parseLanguageChoice(kept)).toBe(choice);
});
