import { leavesOf } from './mime-tree.ts';
import type { MessageFinding, MimePart } from './parsed.ts';
import { readTextPart } from './text-part.ts';

/** What is shown of a message: its text and its HTML, decoded. Hostile. */
export interface MessageBodies {
  /** With the line ends that were sent: CRLF, as a rule. Empty if there is none. */
  readonly text: string;
  readonly html: string;
}

/** What a program is given of a message to read. */
export interface ReadableBodies extends MessageBodies {
  /** The HTML as text, if there is no text part; else empty. */
  readonly standIn: string;
}

/**
 * So many octets of text, still encoded, are read. More isn't for eyes, and what is made of text takes up to twenty
 * times its octets: a thread whose heap overflows at one stroke takes the whole process with it.
 */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
/** What stands between several text parts. As in Mailpit's API. */
const BETWEEN_TEXTS = '\n--\n';
const BETWEEN_HTML = '<br/>\n';

/**
 * Text and HTML of a message, decoded; of several parts, one after the other, but for those of a multipart/alternative,
 * which all say the same: of these the first. Attachments aren't part of it. Beyond 8 MB it is cut.
 * @param root the message's tree
 * @throws {Error} when a part can't be decoded
 */
export async function readBodies(raw: Uint8Array, root: MimePart): Promise<MessageBodies> {
  const isAlternative = root.contentType === 'multipart/alternative';
  let left = MAX_TEXT_BYTES;
  const texts: string[] = [];
  const htmls: string[] = [];
  for (const part of leavesOf(root)) {
    if (!isText(part)) continue;
    const encoded = raw.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + left));
    left -= encoded.length;
    const isHtml = part.contentType === 'text/html';
    if (!isHtml && isAlternative && texts.length > 0) continue;
    const decoded = await readTextPart(encoded, part);
    if (decoded !== '') (isHtml ? htmls : texts).push(decoded);
  }
  return { text: texts.join(BETWEEN_TEXTS), html: htmls.join(BETWEEN_HTML) };
}

/** Says so when {@link readBodies} cuts the text. */
export function findCutText(root: MimePart): readonly MessageFinding[] {
  let bytes = 0;
  for (const part of leavesOf(root)) if (isText(part)) bytes += part.bodyEnd - part.bodyStart;
  if (bytes <= MAX_TEXT_BYTES) return [];
  const limit = MAX_TEXT_BYTES / 1024 / 1024;
  return [
    { code: 'text-cut', text: `Only the first ${limit} MB of text are shown: the parts and the raw view have all` },
  ];
}

/** The report of a bounce is text, too: Mailpit leaves it out. */
function isText({ contentType, disposition }: MimePart): boolean {
  return disposition !== 'attachment' && /^(?:text\/(?:plain|html)|message\/delivery-status)$/.test(contentType);
}
