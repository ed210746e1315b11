import { plural } from './plural.ts';

/** The words around every view: rail, notices, connection. */
export const frame = {
  navigation: 'Views',
  skipToList: 'Skip to the list',
  skipToMessage: 'Skip to the message',
  inbox: 'Inbox',
  connect: 'Connect',
  config: 'Config',
  titles: { connect: 'Connect', config: 'Configuration' },
  viewFailed: 'This view could not be loaded. The server may have been updated: load the page again.',
  skipToPage: 'Skip to the content',
  unread: (count: string) => `${count} unread`,
  errors: (count: number) => plural(count, 'error', 'errors'),
  theme: {
    system: 'Theme: as the system',
    light: 'Theme: light',
    dark: 'Theme: dark',
  },
  keys: 'Keyboard and settings',
  live: {
    live: 'Live: new mail appears by itself',
    reconnecting: 'Reconnecting …',
    offline: 'Offline: the server is not answering',
  },
  notAnswering: (since: string, seconds: number) =>
    `Server is not answering. What you see is from ${since}. Trying again every ${seconds} s.`,
  connecting: 'Server is not answering. Trying again.',
  listWidth: 'Width of the list',
  dismiss: 'Dismiss',
  undo: 'Undo',
  retry: 'Retry',
  copied: 'Copied',
  copyFailed: 'The browser did not let the page copy. Select the text and copy it.',
};

/** What every language has of them. */
export type FrameStrings = typeof frame;
