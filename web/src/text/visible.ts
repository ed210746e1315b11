/** A stretch of text that may be shown as it is, or one character that may not, by its name (`U+202E`). */
export type TextPiece = { readonly text: string } | { readonly chip: string };

/**
 * Characters that steer, hide or are nothing to see: C0 and C1 controls, bidi controls, zero-width characters, the
 * soft hyphen, separators, invisible fillers, tag characters, lone surrogates. Tab and line feed are left alone.
 */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Surrogate}/gu;

/** After these a (non-)joiner is spelling, not deceit: emoji sequences, and scripts whose letters join. */
const JOINS_AFTER =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}]$/u;

/**
 * Splits text of a mail so that nothing in it is unseen: each control, bidi or zero-width character becomes a piece of
 * its own, to be drawn as a chip.
 * @param text hostile
 */
export function toVisiblePieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    const isJoiner = character === '\u200C' || character === '\u200D';
    if (isJoiner && JOINS_AFTER.test(text.slice(Math.max(0, index - 2), index))) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ chip: toCodePointName(character) });
    from = index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The same as one string, for attributes and the window's title: `⟨U+202E⟩` where a chip would be. */
export function toVisibleText(text: string): string {
  return toVisiblePieces(text)
    .map((piece) => ('chip' in piece ? `⟨${piece.chip}⟩` : piece.text))
    .join('');
}

function toCodePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
