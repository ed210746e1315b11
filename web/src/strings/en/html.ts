import { plural } from './plural.ts';

/** The words of the HTML tab. */
export const html = {
  none: 'No HTML part',
  frame: (subject: string) => `HTML of ${subject}`,
  widths: 'Width',
  full: 'Full',
  pixels: (width: number) => `${width} pixels`,
  handle: 'Width of the HTML',
  dark: 'Dark client',
  darkHint: 'Dark client: as in a mail program that inverts colours (d)',
  ownTab: 'Open in a tab of its own (o)',
  blocked: (count: number) => `${count} remote blocked`,
  loaded: (count: number) => `${count} remote loaded`,
  from: (hosts: string) => `from ${hosts}`,
  andMore: (count: number) => `and ${count} more`,
  load: 'Load once',
  loadHint: 'Load once, from every public host (r)',
  loadFrom: (host: string) => `Load from ${host}`,
  always: 'Always from this host',
  never: 'No longer from this host',
  near: 'This machine or its network: a mail is not let in unless you name the host.',
  details: 'What is left out',
  hosts: 'Remote content',
  files: (count: number) => `${count} ${plural(count, 'address', 'addresses')}`,
  images: 'Images of this message',
  imageLarge: (id: string, size: string) => `${id} is ${size}`,
  loadImages: 'Load',
  imageMissing: (id: string) => `cid:${id} is no image of this message`,
  addresses: 'Links that are shown as text',
  copyAddress: 'Copy the address',
  removed: 'Taken out',
  firstPart: (shown: string, size: string) => `The first ${shown} of ${size} are shown.`,
  failed: 'What is left out could not be told.',
};

/** What every language has of them. */
export type HtmlStrings = typeof html;
