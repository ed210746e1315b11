import type { Preferences } from './preferences.ts';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Light, dark, or as the system has it. */
export interface ThemeChoice {
  readonly current: Theme;
  /** System, light, dark, system … */
  cycle(): Theme;
}

/** Goes on from what `/theme.js` set before the first paint. */
export function createThemeChoice(preferences: Preferences): ThemeChoice {
  let current = $state<Theme>(THEMES.find((theme) => theme === preferences.get('theme')) ?? 'system');
  return {
    get current() {
      return current;
    },
    cycle() {
      current = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';
      preferences.set('theme', current === 'system' ? undefined : current);
      if (current === 'system') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = current;
      return current;
    },
  };
}
