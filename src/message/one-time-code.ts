/** Words that announce a code, in the languages that login mails are often written in. */
const ANNOUNCEMENT =
  /code|passwor[dt]|\bpin\b|\botp\b|\btan\b|verif|one-time|einmal|confirm|código|codice|\bkod\b|код|пароль|验证码|驗證碼|認証|コード|인증/gi;
/** Digits; digits or capitals in two groups; digits and capitals in one word. */
const CANDIDATE =
  /(?<![\p{L}\p{N}_.,:/#&=%@+-])(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z0-9]{1,4}-[A-Z0-9]{3,8}|(?=[A-Z]{0,7}\d)[A-Z0-9]{5,8})(?![\p{L}\p{N}_/%@=-]|[.,:]\d)/gu;
/** Every code has so many in a row; most texts have not. */
const DIGITS = /\d{2}/;
const REACH_BEFORE = 60;
const REACH_AFTER = 120;
const MAX_CODES = 10;

/**
 * One-time codes in a text: 4 to 8 digits, `123 456`, `G-123456`, `AB12CD`, near a word that announces them. A guess,
 * for a copy button. Years count only right after `:` or `is`.
 * @returns in order, each once, at most ten
 */
export function findOneTimeCodes(text: string): readonly string[] {
  const found = new Set<string>();
  if (!DIGITS.test(text)) return [];
  let searchedTo = 0;
  for (const { index } of text.matchAll(ANNOUNCEMENT)) {
    const start = Math.max(searchedTo, index - REACH_BEFORE);
    const end = Math.min(text.length, index + REACH_AFTER);
    if (end <= start) continue;
    // One character more on both sides: a code isn't the rest of a longer word.
    const from = Math.max(0, start - 1);
    const around = text.slice(from, end + 9);
    searchedTo = end;
    if (!DIGITS.test(around)) continue;
    for (const match of around.matchAll(CANDIDATE)) {
      const [code] = match;
      const at = from + match.index;
      if (at < end && isCode(code, text.slice(Math.max(0, at - 6), at))) found.add(code);
      if (found.size >= MAX_CODES) return [...found];
    }
  }
  return [...found];
}

function isCode(candidate: string, before: string): boolean {
  if (!DIGITS.test(candidate)) return false;
  return !/^(?:19|20)\d\d$/.test(candidate) || /(?::|\bis|\bist|\best)\s*$/i.test(before);
}
