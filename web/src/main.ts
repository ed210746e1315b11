import { mount } from 'svelte';
import App from './App.svelte';
import { createPreferences } from './frame/preferences.ts';
import { findLanguage, parseLanguageChoice } from './strings/language.ts';
import { loadWords } from './strings/strings.ts';
import './styles/tokens.css';
import './styles/base.css';

const preferences = createPreferences(() => localStorage);
const { language, locale } = findLanguage(parseLanguageChoice(preferences.get('language')), navigator.languages);
document.documentElement.lang = language;

loadWords(language).then(
  (words) => mount(App, { target: document.body, props: { preferences, words, locale } }),
  // Without words there is only this.
  () => (document.body.textContent = 'Postfixture’s page could not be loaded. Load it again.'),
);
