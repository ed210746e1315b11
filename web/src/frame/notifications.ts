import type { MessageSummary } from '../../../src/http/api/schemas/message.ts';
import { createBatches } from '../inbox/batches.ts';
import type { Settings } from './settings.svelte.ts';

/** What the desktop shows. Its text is the platform's to escape. */
export interface DesktopNote {
  readonly title: string;
  readonly body: string;
}

/** Tells the desktop of mail that comes while the page is hidden, if the reader has asked for that. */
export interface Notifications {
  /** Whether this browser can, on this page. */
  readonly isPossible: boolean;
  /** Asks the reader's browser; what it refuses stays off. @returns whether it is on now */
  turnOn(): Promise<boolean>;
  arrived(messages: readonly MessageSummary[]): void;
}

/** What comes within this time is told at once. */
const MERGE_MS = 2000;

/**
 * @param options.describe what is said of messages, newest first
 * @param options.onOpen the reader wants to see the message
 */
export function createNotifications(options: {
  readonly settings: Settings;
  readonly describe: (messages: readonly MessageSummary[]) => DesktopNote;
  readonly onOpen: (id: string) => void;
}): Notifications {
  const { settings } = options;
  const isPossible = 'Notification' in globalThis && isSecureContext;
  const batches = createBatches<MessageSummary>({ everyMs: MERGE_MS, delayMs: MERGE_MS, onBatch: show });

  function show(oldestFirst: readonly MessageSummary[]): void {
    if (!document.hidden || Notification.permission !== 'granted') return;
    const messages = oldestFirst.toReversed();
    const { title, body } = options.describe(messages);
    const note = new Notification(title, { body, tag: 'postfixture', icon: '/favicon.svg' });
    note.onclick = () => {
      window.focus();
      note.close();
      if (messages.length === 1 && messages[0]) options.onOpen(messages[0].ID);
    };
  }

  return {
    isPossible,
    async turnOn() {
      settings.notify = isPossible && (await Notification.requestPermission()) === 'granted';
      return settings.notify;
    },
    arrived(messages) {
      if (!isPossible || !settings.notify || !document.hidden) return;
      for (const message of messages) batches.add(message);
    },
  };
}
