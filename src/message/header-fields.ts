import { decodeEncodedWords } from './encoded-word.ts';
import { decodeOctets } from './part.ts';

/** A header field as it stands on the wire. */
export interface HeaderField {
  /** As written, without the colon. */
  readonly name: string;
  /** Unfolded, encoded words decoded. */
  readonly value: string;
  /** Unfolded, encoded words as they are. */
  readonly rawValue: string;
  /** The whole field as sent: name, colon, folding; without its last line end. */
  readonly raw: string;
}

/** Where a field is in a header block's text, octets as characters U+0000…U+00FF: offsets are octets. */
export interface FieldSpan {
  readonly start: number;
  /** The offset of what follows the colon. */
  readonly valueStart: number;
  /** Without the last line end. */
  readonly end: number;
  readonly name: string;
}

/** A header block, taken apart but not decoded. */
export interface HeaderBlock {
  /** Octets as characters U+0000…U+00FF. */
  readonly text: string;
  readonly spans: readonly FieldSpan[];
  /** The offset after the last field: there is the empty line, or a line that is no header field. */
  readonly end: number;
  /** The first octet of the body: after the empty line, if there is one. */
  readonly bodyStart: number;
}

const FIELD_NAME = /([!-9;-~]+)[ \t]*:/y;
const MAILBOX_LINE = /^>*From [^\n]*\n/;

/**
 * The header fields of a message or part, in the order of the wire.
 * @param octets begins with the header block; what follows it doesn't matter
 * @see RFC 5322 §2.2
 */
export function parseHeaderFields(octets: Uint8Array): readonly HeaderField[] {
  const block = splitHeaderBlock(octets);
  return block.spans.map((span) => ({
    name: span.name,
    value: fieldValue(block.text, span),
    rawValue: unfold(to8Bit(block.text.slice(span.valueStart, span.end))),
    raw: to8Bit(block.text.slice(span.start, span.end)),
  }));
}

/**
 * Takes a header block apart. Lines end with LF, with or without CR before it. As in Postfix, the block ends at the
 * first line that is neither a header field nor the continuation of one, an mbox "From " line at its start left aside:
 * what follows is body, though no empty line is between.
 * @param limitBytes what lies beyond isn't looked at; a field that it cuts loses its last, broken item or line
 * @see postfix/src/global/is_header.c, postfix/src/smtpd/smtpd.c, "From "
 */
export function splitHeaderBlock(octets: Uint8Array, limitBytes = octets.byteLength): HeaderBlock {
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const emptyLine = buffer.subarray(0, limitBytes).indexOf('\n\r\n', 0, 'latin1');
  const window = emptyLine < 0 ? Math.min(limitBytes, buffer.length) : emptyLine + 3;
  let text = buffer.toString('latin1', 0, window);
  if (window < buffer.length && emptyLine < 0) {
    text = text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf(',')) + 1);
  }

  const spans: FieldSpan[] = [];
  let at = MAILBOX_LINE.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    FIELD_NAME.lastIndex = at;
    const name = FIELD_NAME.exec(text)?.[1];
    if (name === undefined) break;
    const next = fieldEnd(text, at);
    spans.push({ name, start: at, valueStart: FIELD_NAME.lastIndex, end: beforeLineEnd(text, next) });
    at = next;
  }
  return { text, spans, end: at, bodyStart: at + lineEndLength(text, at) };
}

/** A field's value: 8-bit octets read as UTF-8 or windows-1252, unfolded, encoded words decoded. */
export function fieldValue(text: string, span: FieldSpan): string {
  return decodeEncodedWords(rawFieldValue(text, span));
}

/** A field's value with its encoded words as they are: an address list is split before they are decoded. */
export function rawFieldValue(text: string, span: FieldSpan): string {
  return unfold(to8Bit(text.slice(span.valueStart, span.end)));
}

/** The offset after the field that starts at `start`: after its last continuation line. */
function fieldEnd(text: string, start: number): number {
  for (let at = start; ;) {
    const lineFeed = text.indexOf('\n', at);
    if (lineFeed < 0) return text.length;
    at = lineFeed + 1;
    const following = text.charCodeAt(at);
    if (following !== 0x20 && following !== 0x09) return at;
  }
}

function beforeLineEnd(text: string, end: number): number {
  if (text.charCodeAt(end - 1) !== 0x0a) return end;
  return text.charCodeAt(end - 2) === 0x0d ? end - 2 : end - 1;
}

function lineEndLength(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x0a) return 1;
  return text.charCodeAt(at) === 0x0d && text.charCodeAt(at + 1) === 0x0a ? 2 : 0;
}

function unfold(value: string): string {
  if (!value.includes('\n')) return value.trim();
  const lines = value.split('\n').map((line) => line.trim());
  return lines.join(' ').trim();
}

function to8Bit(latin1: string): string {
  // Nearly every field is ASCII: nothing to decode then.
  return /^[\x00-\x7f]*$/.test(latin1) ? latin1 : decodeOctets(Buffer.from(latin1, 'latin1'));
}
