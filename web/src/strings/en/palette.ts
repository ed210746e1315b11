/** The words of the palette of commands. */
export const palette = {
  hint: 'A command, a parameter, an address …',
  results: 'Results',
  searchFor: (text: string) => `Search mail for “${text}”`,
  parameter: 'parameter',
  address: 'address',
  deleteMarked: (count: string) => `Delete what is selected (${count})`,
  senderFirst: (on: boolean): string => (on ? 'Name recipients in rows' : 'Name senders in rows'),
  notify: (on: boolean): string => (on ? 'No desktop notifications' : 'Desktop notifications'),
};

/** What every language has of them. */
export type PaletteStrings = typeof palette;
