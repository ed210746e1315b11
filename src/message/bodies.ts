import { MailParser } from 'mailparser';
import { leavesOf, MAX_HEADER_BYTES, MAX_PARTS } from './mime-tree.ts';
import type { MessageFinding, MimePart } from './parsed.ts';

/** What is shown of a message: its text and its HTML, decoded. Hostile. */
export interface MessageBodies {
  /** Empty if there is none. */
  readonly text: string;
  readonly html: string;
}

/**
 * So many octets of text, still encoded, are read. More isn't for eyes, and what is made of text takes up to twenty
 * times its octets: a thread whose heap overflows at one stroke takes the whole process with it.
 */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
const CONTENT_FIELD = /(?<![^\n])content-[^\n]*(?:\n[ \t][^\n]*)*/gi;

/**
 * Text and HTML of a message, decoded; of several parts, one after the other. Attachments aren't part of it. Beyond
 * 8 MB it is cut.
 * @param root the message's tree
 * @throws {Error} when the message can't be parsed
 */
export async function readBodies(raw: Uint8Array, root: MimePart): Promise<MessageBodies> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    checksumAlgo: false,
    ignoreEmbedded: true,
    maxChildNodes: MAX_PARTS,
    maxHeadSize: MAX_HEADER_BYTES,
  });
  let bodies: MessageBodies = { text: '', html: '' };
  parser.end(textOf(raw, root));
  return new Promise((resolve, reject) => {
    parser.on('error', reject);
    parser.on('data', (item) => {
      if (item.type === 'text') {
        bodies = { text: withoutJoints(item.text ?? '', '\n'), html: withoutJoints(item.html || '', '<br/>\n') };
        return;
      }
      item.content
        .on('error', reject)
        .on('end', () => item.release?.())
        .resume();
    });
    parser.on('end', () => resolve(bodies));
  });
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

/** What mailparser takes as text; all else is an attachment to it. */
function isText({ contentType, disposition }: MimePart): boolean {
  return disposition !== 'attachment' && /^(?:text\/(?:plain|html)|message\/delivery-status)$/.test(contentType);
}

/**
 * The message without what isn't needed to read its text: only Content- fields, no attachments. mailparser reads every
 * field and decodes every attachment, at a hundred times the cost.
 */
function textOf(raw: Uint8Array, root: MimePart): Buffer {
  const pieces: Uint8Array[] = [];
  let left = MAX_TEXT_BYTES;
  const take = (part: MimePart): void => {
    pieces.push(contentFields(raw.subarray(part.headerStart, part.bodyStart)));
    if (part.contentType.startsWith('multipart/')) {
      let from = part.bodyStart;
      for (const child of part.children) {
        pieces.push(raw.subarray(from, child.headerStart));
        take(child);
        from = child.bodyEnd;
      }
      pieces.push(raw.subarray(from, part.bodyEnd));
    } else if (isText(part)) {
      const end = Math.min(part.bodyEnd, part.bodyStart + left);
      pieces.push(raw.subarray(part.bodyStart, end));
      left -= end - part.bodyStart;
    }
  };
  take(root);
  return Buffer.concat(pieces);
}

/** The Content- fields of a header block, also those that stand behind a line that is none: the tree has them, too. */
function contentFields(head: Uint8Array): Buffer {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const fields = [...text.matchAll(CONTENT_FIELD)].map(([field]) => `${field.trimEnd()}\r\n`);
  return Buffer.from(`${fields.join('')}\r\n`, 'latin1');
}

/** mailparser joins parts, also those that are empty here since nothing is converted: what it put before them goes. */
function withoutJoints(joined: string, joint: string): string {
  let start = 0;
  while (joined.startsWith(joint, start)) start += joint.length;
  return joined.slice(start);
}
