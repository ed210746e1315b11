import { frame } from './frame.ts';
import { journey } from './journey.ts';
import { list } from './list.ts';
import { message } from './message.ts';

/** The words that the first view needs, in English: the others come with their views. */
export const page = {
  product: 'Postfixture',
  frame,
  list,
  message,
  journey,
};

/** What every language has of them. */
export type PageStrings = typeof page;
