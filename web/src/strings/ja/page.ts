import type { PageStrings } from '../en/page.ts';
import { frame } from './frame.ts';
import { journey } from './journey.ts';
import { list } from './list.ts';
import { message } from './message.ts';

/** The words that the first view needs, in Japanese. */
export const page = {
  product: 'Postfixture',
  frame,
  list,
  message,
  journey,
} satisfies PageStrings;
