// The messages that a bench sends: the same octets each time, so that what is kept can be compared to the last octet.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS =
  'order invoice parcel weekly account delivery notice update customer service receipt number today thanks'.split(' ');

/**
 * Writes a plain message of about `sizeBytes` whose body holds `word`.
 * @returns the file, in the form that smtp-source reads, and the sum of the octets that arrive
 */
export function writeMail(directory, { word, sizeBytes }) {
  const lines = [
    'From: Bench <sender@bench.test>',
    'To: recipient@bench.test',
    `Subject: Bench ${word}`,
    'Date: Tue, 24 Nov 2026 12:00:00 +0000',
    `Message-ID: <${word}@bench.test>`,
    '',
    `This message holds the word ${word}.`,
  ];
  let size = lines.join('\r\n').length;
  for (let line = 0; size < sizeBytes; line += 1) {
    const text = Array.from({ length: 10 }, (_, place) => WORDS[(line * 7 + place * 3) % WORDS.length]).join(' ');
    lines.push(text);
    size += text.length + 2;
  }
  const file = join(directory, `${word}.eml`);
  writeFileSync(file, lines.join('\n'));
  // smtp-source ends each line, and then sends an empty one.
  const sent = `${lines.join('\r\n')}\r\n\r\n`;
  const sha256 = createHash('sha256').update(sent).digest('hex');
  return { file, sha256, word };
}
