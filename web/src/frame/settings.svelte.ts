import type { Preferences } from './preferences.ts';

/** What the reader has chosen; this browser keeps it. */
export interface Settings {
  /** Single keys do something (WCAG 2.1.4: they can be turned off). */
  singleKeys: boolean;
  /** Rows name the sender, not the recipients. */
  senderFirst: boolean;
  /** The desktop tells of new mail while the page is hidden. */
  notify: boolean;
}

/** Goes on from what is kept. */
export function createSettings(preferences: Preferences): Settings {
  let singleKeys = $state(preferences.get('single-keys') !== 'off');
  let senderFirst = $state(preferences.get('sender-first') === 'on');
  let notify = $state(preferences.get('notify') === 'on');
  return {
    get singleKeys() {
      return singleKeys;
    },
    set singleKeys(on) {
      singleKeys = on;
      preferences.set('single-keys', on ? undefined : 'off');
    },
    get senderFirst() {
      return senderFirst;
    },
    set senderFirst(on) {
      senderFirst = on;
      preferences.set('sender-first', on ? 'on' : undefined);
    },
    get notify() {
      return notify;
    },
    set notify(on) {
      notify = on;
      preferences.set('notify', on ? 'on' : undefined);
    },
  };
}
