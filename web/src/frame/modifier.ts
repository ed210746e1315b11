/** What the key beside the space bar is called: `⌘` on a Mac, `Ctrl+` elsewhere. */
export const MODIFIER = /Mac|iP(?:hone|ad|od)/.test(navigator.platform) ? '⌘' : 'Ctrl+';
