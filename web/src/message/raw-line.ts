/** A stretch of a line: text, an octet that is named instead of shown, or text that was searched for. */
export type LinePiece =
  { readonly kind: 'text' | 'match'; readonly text: string } | { readonly kind: 'octet'; readonly name: string };

/** How a line is shown. */
export interface LineForm {
  /** CR, LF, TAB, NUL and octets of more than seven bits are named, each by itself. */
  readonly showsOctets: boolean;
  /** Shown as found; upper and lower case of ASCII are the same. Empty: nothing is looked for. */
  readonly needle: string;
}

/** A line longer than this is shown up to here: a browser that lays out two megabytes in a row stands still. */
export const LINE_SHOWN_MAX = 4000;

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'NUL'],
  [0x09, 'TAB'],
  [0x0a, 'LF'],
  [0x0d, 'CR'],
]);

/**
 * Takes a line apart for the eye.
 * @param octets its line end included
 */
export function toLinePieces(octets: Uint8Array, { showsOctets, needle }: LineForm): readonly LinePiece[] {
  const shown = octets.subarray(0, LINE_SHOWN_MAX);
  if (!showsOctets) return markMatches(withoutLineEnd(new TextDecoder().decode(shown)), needle);
  const pieces: LinePiece[] = [];
  let text = '';
  const end = (): void => {
    if (text !== '') pieces.push(...markMatches(text, needle));
    text = '';
  };
  for (const octet of shown) {
    const name = NAMES.get(octet) ?? (octet < 0x20 || octet >= 0x7f ? octet.toString(16).toUpperCase() : undefined);
    if (name === undefined) {
      text += String.fromCharCode(octet);
      continue;
    }
    end();
    pieces.push({ kind: 'octet', name: name.padStart(2, '0') });
  }
  end();
  return pieces;
}

function withoutLineEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function markMatches(text: string, needle: string): readonly LinePiece[] {
  if (needle === '' || text === '') return [{ kind: 'text', text }];
  const pieces: LinePiece[] = [];
  const folded = foldAscii(text);
  const wanted = foldAscii(needle);
  let from = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    if (at > from) pieces.push({ kind: 'text', text: text.slice(from, at) });
    from = at + wanted.length;
    pieces.push({ kind: 'match', text: text.slice(at, from) });
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Other letters stay: their cases may differ in length, and then nothing is where it was. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}
