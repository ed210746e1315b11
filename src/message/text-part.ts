import { MailParser } from 'mailparser';
import type { MimePart } from './parsed.ts';
import { decodePart, decodeText, toDecodableCharset } from './part.ts';

const LF = 0x0a;
const CR = 0x0d;
const UNDECODABLE = '\uFFFD';
/** A name that can stand in a header field. */
const CHARSET_NAME = /^[\w.:+-]{1,64}$/;

/** What is asked of a part that is text. */
type TextPart = Pick<MimePart, 'contentType' | 'encoding' | 'charset'>;

/**
 * Decodes a part that is text, HTML or the report of a bounce. Its line ends stay those that were sent, and
 * `format=flowed` isn't unfolded. A byte order mark is dropped; what can't be decoded becomes U+FFFD.
 * @param encoded the part's body, as in the raw message; may be cut
 * @throws {Error} when it can't be decoded
 */
export async function readTextPart(encoded: Uint8Array, part: TextPart): Promise<string> {
  const octets = decodePart(encoded, part);
  if (octets.length === 0) return '';
  const charset = toDecodableCharset(octets, part.charset);
  const read = await parseAlone(encoded, { ...part, charset });
  if (read.includes(UNDECODABLE)) {
    // Character sets that only the Encoding Standard knows, and octets that say another one than they are in.
    const decoded = decodeText(octets, part.charset);
    if (!decoded.includes(UNDECODABLE)) return decoded;
  }
  return withLineEnds(read.startsWith('\uFEFF') ? read.slice(1) : read, octets, octetsPerUnit(charset));
}

/** What mailparser reads in a part that is a message of its own. All lines end in LF then. */
async function parseAlone(encoded: Uint8Array, { contentType, encoding, charset = '' }: TextPart): Promise<string> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    checksumAlgo: false,
    ignoreEmbedded: true,
  });
  const isEncoded = encoding === 'base64' || encoding === 'quoted-printable';
  // Written anew: the fields of the part may say much else that mailparser acts on, such as `format=flowed`.
  const fields = [
    `Content-Type: ${contentType}${CHARSET_NAME.test(charset) ? `; charset="${charset}"` : ''}`,
    `Content-Transfer-Encoding: ${isEncoded ? encoding : '8bit'}`,
  ];
  let read = '';
  return new Promise((resolve, reject) => {
    parser.on('error', reject);
    parser.on('data', (item) => {
      if (item.type === 'text') read = item.html || (item.text ?? '');
    });
    parser.on('end', () => resolve(read));
    parser.write(`${fields.join('\r\n')}\r\n\r\n`);
    parser.end(encoded);
  });
}

/**
 * Gives a text whose lines all end in LF the line ends of the octets that it was read from; those of most lines, if
 * the lines of both can't be paired.
 * @param unit octets of a CR
 */
function withLineEnds(text: string, octets: Uint8Array, unit: number): string {
  const { lfCount, crlfCount } = countLineEnds(octets, unit);
  if (crlfCount === 0) return text;
  if (crlfCount === lfCount) return text.replaceAll('\n', '\r\n');
  const utf8 = Buffer.from(text);
  const lineCount = countLineEnds(utf8, 1).lfCount;
  // In UTF-16 octets of other characters look like LF.
  if (lineCount !== lfCount) return crlfCount * 2 < lineCount ? text : text.replaceAll('\n', '\r\n');
  // Octet by octet, since an array of millions of lines is more than the thread's heap has.
  const mended = Buffer.allocUnsafe(utf8.length + crlfCount);
  let length = 0;
  let sentAt = -1;
  for (const octet of utf8) {
    if (octet === LF) {
      sentAt = octets.indexOf(LF, sentAt + 1);
      if (octets[sentAt - unit] === CR) {
        mended[length] = CR;
        length += 1;
      }
    }
    mended[length] = octet;
    length += 1;
  }
  return mended.toString('utf8');
}

function countLineEnds(octets: Uint8Array, unit: number): { readonly lfCount: number; readonly crlfCount: number } {
  let lfCount = 0;
  let crlfCount = 0;
  for (let at = 0; at < octets.length; at += 1) {
    if (octets[at] !== LF) continue;
    lfCount += 1;
    if (octets[at - unit] === CR) crlfCount += 1;
  }
  return { lfCount, crlfCount };
}

/** How many octets a character of ASCII takes. */
function octetsPerUnit(charset: string): number {
  if (/^(?:ucs-?2|utf-?16)/.test(charset)) return 2;
  return /^(?:ucs-?4|utf-?32)/.test(charset) ? 4 : 1;
}
