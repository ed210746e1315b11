/** The words of the sheet of keys, and of what is chosen there. */
export const keys = {
  close: 'Close',
  single: 'Single-key shortcuts',
  language: 'Language · 言語',
  languages: { system: 'As the browser', en: 'English', ja: '日本語' },
  groups: {
    move: 'Move',
    message: 'Message',
    view: 'View',
  },
  next: 'Next',
  previous: 'Previous',
  open: 'Open',
  back: 'Back, one layer at a time',
  read: 'Next and previous while reading',
  ends: 'Newest and oldest',
  search: 'Search',
  delete: 'Delete',
  undo: 'Undo a deletion',
  unread: 'Read or unread',
  copyLink: 'Copy link',
  save: 'Save .eml',
  tabs: 'Tabs',
  width: 'Next width of HTML',
  dark: 'HTML as in a dark client',
  ownTab: 'HTML in a tab of its own',
  remote: 'Load remote content',
  theme: 'Theme',
  goInbox: 'Go to the inbox',
  goConfig: 'Go to the configuration',
  goConnect: 'Go to Connect',
  sheet: 'This sheet',
};

/** What every language has of them. */
export type KeysStrings = typeof keys;
