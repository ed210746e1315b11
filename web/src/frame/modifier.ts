/** What the key beside the space bar is called: `⌘` on a Mac, `Ctrl+` elsewhere. */
const MODIFIER = /Mac|iP(?:hone|ad|od)/.test(navigator.platform) ? '⌘' : 'Ctrl+';

/** Keys that are pressed with it, as they are named. */
export const PALETTE_KEY = `${MODIFIER}K`;
export const MARK_ALL_KEY = `${MODIFIER}A`;
