// The entry. What the first view needs is asked for at once, none of it after another: words, rows and the page itself.
import { createApi } from './api/client.ts';
import { createPreferences } from './frame/preferences.ts';
import { parseRoute } from './frame/routes.ts';
import { askFirstPage } from './inbox/first-page.ts';
import { findLanguage, parseLanguageChoice } from './strings/language.ts';
import { loadWords } from './strings/strings.ts';
import './styles/tokens.css';
import './styles/base.css';

const preferences = createPreferences(() => localStorage);
const { language, locale } = findLanguage(parseLanguageChoice(preferences.get('language')), navigator.languages);
document.documentElement.lang = language;

const api = createApi();
const first = askFirstPage(api, parseRoute(location.href).query);
// The list says so itself, once there is one.
first.page.catch(() => {});

Promise.all([loadWords(language), import('./mount-page.ts')]).then(
  ([words, { mountPage }]) => mountPage({ api, first, preferences, words, locale }),
  // Without words there is only this.
  () => (document.body.textContent = 'Postfixture’s page could not be loaded. Load it again.'),
);
