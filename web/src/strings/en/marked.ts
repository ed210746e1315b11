/** The words of the bar that stands for what is selected. */
export const marked = {
  count: (count: string) => `${count} selected`,
  read: 'Read',
  unread: 'Unread',
  remove: (count: string) => `Delete (${count})`,
  tag: 'Tag …',
  tagName: 'Name of the tag',
  tagRule: 'Letters, digits, blanks and . _ @ -',
  addTag: 'Add',
  removeTag: 'Remove',
  notTagged: 'Not tagged.',
  clear: 'Select nothing',
};

/** What every language has of them. */
export type MarkedStrings = typeof marked;
