/** The languages that the page speaks. */
export type Language = 'en' | 'ja';

/** What a user can choose. */
export const LANGUAGE_CHOICES = ['system', 'en', 'ja'] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** How its dates and numbers are written, where the browser names no country. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ja: 'ja-JP' };

/** Reads what is kept of a choice; anything else is `system`. */
export function parseLanguageChoice(kept: string | undefined): LanguageChoice {
  return LANGUAGE_CHOICES.find((choice) => choice === kept) ?? 'system';
}

/**
 * Finds the language to speak: the one that was chosen, else the first of the browser's that is spoken here, else
 * English. Its locale is the browser's own variant of it (`en-US`), if it has one.
 * @param preferred `navigator.languages`: BCP 47 tags, the dearest first
 */
export function findLanguage(
  choice: LanguageChoice,
  preferred: readonly string[],
): { readonly language: Language; readonly locale: string } {
  const spoken = preferred.flatMap((tag) => {
    const language = (['en', 'ja'] as const).find((known) => known === tag.split('-')[0]?.toLowerCase());
    return language === undefined ? [] : [{ language, tag }];
  });
  const language = choice === 'system' ? (spoken[0]?.language ?? 'en') : choice;
  const own = spoken.find((candidate) => candidate.language === language && isLocale(candidate.tag));
  return { language, locale: own?.tag.includes('-') ? own.tag : LOCALES[language] };
}

/** Browsers take their languages from the system, and some systems name what isn't one: `en-US@posix`. */
function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
