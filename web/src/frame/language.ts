import { parseLanguageChoice, type LanguageChoice } from '../strings/language.ts';
import type { Preferences } from './preferences.ts';

/** The language that the page speaks, or that it follows the browser. */
export interface LanguageSetting {
  readonly choice: LanguageChoice;
  /** Keeps it, and loads the page again: every view has its address. */
  choose(choice: LanguageChoice): void;
}

/** @param reload loads the page again */
export function createLanguageSetting(preferences: Preferences, reload: () => void): LanguageSetting {
  return {
    get choice() {
      return parseLanguageChoice(preferences.get('language'));
    },
    choose(choice) {
      preferences.set('language', choice === 'system' ? undefined : choice);
      reload();
    },
  };
}
