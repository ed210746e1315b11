import { toOctets, type Octets } from '../../rules/octets.ts';

/** All of a stream, as octets. */
export async function readOctets(input: AsyncIterable<string | Uint8Array>): Promise<Octets> {
  const parts: Octets[] = [];
  for await (const part of input) {
    parts.push(typeof part === 'string' ? toOctets(part) : Buffer.from(part).toString('latin1'));
  }
  return parts.join('');
}

/** The lines of a text, without their newlines; the last may have none. Each ends at its first null octet. */
export function splitLines(text: Octets): readonly Octets[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split('\0', 1)[0] ?? '');
}
