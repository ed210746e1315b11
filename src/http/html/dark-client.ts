import { NOTHING } from '../../message/html/filtered-html.ts';

const INVERTED = 'filter:invert(1) hue-rotate(180deg)!important';

/**
 * Makes HTML look as in a mail program that inverts colours in the dark. Pictures are turned twice, and so stay as they
 * are; but for those that aren't there: in their place is text.
 */
export const DARK_CLIENT_STYLE = [
  '<style>',
  `:root:root:root{color-scheme:light!important;min-height:100%;background-color:#fff;${INVERTED}}`,
  `:root:root:root :is(img:not([src="${NOTHING}"]),input[type=image i],video,svg){${INVERTED}}`,
  '</style>',
].join('');
