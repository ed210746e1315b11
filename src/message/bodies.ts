import { MailParser } from 'mailparser';
import { MAX_HEADER_BYTES, MAX_PARTS, type SplittableMessage } from './mime-tree.ts';

/** What is shown of a message: its text and its HTML, decoded. Hostile. */
export interface MessageBodies {
  /** Empty if there is none. */
  readonly text: string;
  readonly html: string;
}

/**
 * Text and HTML of a message, decoded; of several parts, one after the other. Attachments aren't part of it.
 * @throws {Error} when the message can't be parsed
 */
export async function readBodies({ octets }: SplittableMessage): Promise<MessageBodies> {
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
  parser.end(octets);
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

/** mailparser joins parts, also those that are empty here since nothing is converted: what it put before them goes. */
function withoutJoints(joined: string, joint: string): string {
  let start = 0;
  while (joined.startsWith(joint, start)) start += joint.length;
  return joined.slice(start);
}
