/** Words that announce a code, in the languages that login mails are often written in; but no postcode. */
const ANNOUNCEMENT =
  /(?<!(?:zip|post|postal|area|country|dial(?:ling)?|promo|discount|coupon|voucher|error|status|bar|qr|source)[ -]?)code(?!\s+of\b)|passwor[dt]|\bpin\b|\botp\b|\btan\b|verif|one-time|einmal|confirm|código|codice|\bkod\b|код|пароль|验证码|驗證碼|認証|確認番号|暗証番号|ワンタイム|コード|인증/gi;
/** Scripts that are written without blanks: a code may stand right beside their letters. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]`;
/** Digits; digits or capitals in two groups; digits and capitals in one word. */
const CANDIDATE = new RegExp(
  String.raw`(?<!(?!${UNSPACED})[\p{L}\p{N}_.,:/#&=%@+-])` +
    String.raw`(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z0-9]{1,4}-[A-Z0-9]{3,8}|(?=[A-Z]{0,7}\d)[A-Z0-9]{5,8})` +
    String.raw`(?!(?!${UNSPACED})[\p{L}\p{N}_/%@=-]|[.,:]\d)`,
  'gu',
);
/** Every code has so many in a row; most texts have not. */
const DIGITS = /\d{2}/;
const REACH_BEFORE = 60;
const REACH_AFTER = 120;
const MAX_CODES = 10;

/** What stands before a number that is something else: money, or the number of an order, an account, a telephone. */
const OTHER_BEFORE =
  /(?:[$€£¥₩₹₽฿]|\b(?:USD|EUR|GBP|JPY|CHF|CNY|KRW)|\b(?:order|invoice|ticket|case|reference|ref|booking|tracking|customer|account|article|item|tel|phone|telephone|call|fax|bestellung|rechnung|kunde|telefon|no|nr|id)\b\.?(?:\s+(?:no|nr|number|id|nummer)\b\.?)?|\b(?:bestell|rechnungs|kunden|auftrags|telefon)nummer|注文番号|注文|請求書?番号|請求書|会員番号|お客様番号|電話番号?|订单号?|№)\s*(?:is|ist|は|:|：|#)?\s*$/iu;
/** What stands after it: money, dates, and counters of Chinese, Japanese and Korean; or more digits, as in a telephone number. */
const OTHER_AFTER =
  /^(?:\s?(?:[$€£¥₩₹₽%]|USD\b|EUR\b|GBP\b|JPY\b|CHF\b|CNY\b|KRW\b|euros?\b|dollars?\b)|[円元원年月日号番名件個点分回歳人]|[ -]\d)/iu;
/** A telephone number goes on in groups. */
const DIGITS_BEFORE = /\d[ )-]$/;
const YEAR = /^(?:19|20)\d\d$/;
const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/**
 * One-time codes in a text: 4 to 8 digits, `123 456`, `G-123456`, `AB12CD`, near a word that announces them. A guess,
 * for a copy button. Years and days count only right after `:` or `is`; prices, telephone numbers and the numbers of
 * orders never do.
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
      const after = at + code.length;
      const place = { before: text.slice(Math.max(0, at - 30), at), after: text.slice(after, after + 12) };
      if (at < end && isCode(code, place)) found.add(code);
      if (found.size >= MAX_CODES) return [...found];
    }
  }
  return [...found];
}

function isCode(candidate: string, { before, after }: { readonly before: string; readonly after: string }): boolean {
  if (!DIGITS.test(candidate) || OTHER_BEFORE.test(before) || OTHER_AFTER.test(after)) return false;
  if (DIGITS_BEFORE.test(before)) return false;
  const isDate = YEAR.test(candidate) || DAY.test(candidate);
  return !isDate || /(?:[:：]|\bis|\bist|\best)\s*$/i.test(before);
}
