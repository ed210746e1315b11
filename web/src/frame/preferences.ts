/** What this browser remembers. A blocked or full storage only forgets. */
export interface Preferences {
  get(name: PreferenceName): string | undefined;
  set(name: PreferenceName, value: string | undefined): void;
}

type PreferenceName =
  | 'theme'
  | 'language'
  | 'list-width'
  | 'snippet'
  | 'single-keys'
  | 'typeface'
  | 'raw-wrap'
  | 'raw-octets'
  | 'remote-hosts';

/** Keeps them in `storage`, each under `postfixture.NAME`. */
export function createPreferences(storage: () => Storage): Preferences {
  return {
    get(name) {
      try {
        return storage().getItem(`postfixture.${name}`) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set(name, value) {
      try {
        if (value === undefined) storage().removeItem(`postfixture.${name}`);
        else storage().setItem(`postfixture.${name}`, value);
      } catch {
        // Forgotten with the page.
      }
    },
  };
}
