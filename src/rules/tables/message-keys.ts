import type { Octets } from '../octets.ts';

/** Which parts of a message are asked for. */
interface MessageKeyChoice {
  /** Headers, each with its continuation lines. */
  readonly header: boolean;
  /** Lines of the body. */
  readonly body: boolean;
  /** Whether headers of parts and of attached messages are headers; without it they are lines of the body. */
  readonly mime: boolean;
}

/** An octet line that begins a header. Postfix lets white space stand before the colon. @see is_header(3) */
const HEADER = /^[\x21-\x39\x3b-\x7e]+[ \t]*:/;
/** How deep multiparts may be nested: below it, boundaries are text. @see mime_nesting_limit */
const MAX_DEPTH = 100;

/**
 * Goes through a message and gives each header or body line that is asked for, as header_checks and body_checks get
 * them.
 * @param lines without their ends
 * @see postmap(1), "-b", "-h", "-m"
 */
export function visitMessageKeys(
  lines: readonly Octets[],
  { header, body, mime }: MessageKeyChoice,
  visit: (key: Octets) => void,
): void {
  const boundaries: Octets[] = [];
  let inHeader = true;
  let contentType = '';
  let pending: Octets | undefined;
  const flush = (): void => {
    if (pending === undefined) return;
    if (header) visit(pending);
    if (/^content-type[ \t]*:/i.test(pending)) contentType = pending.slice(pending.indexOf(':') + 1);
    pending = undefined;
  };
  for (const line of lines) {
    if (inHeader) {
      if (pending !== undefined && /^[ \t]/.test(line)) {
        pending += `\n${line}`;
        continue;
      }
      flush();
      if (HEADER.test(line)) {
        pending = line;
        continue;
      }
      inHeader = false;
      // Only the message's own headers are asked for: nothing follows them.
      if (!body && !mime) return;
      if (mime) inHeader = enterPart(contentType, boundaries);
      if (body) visit(line);
      contentType = '';
      continue;
    }
    const depth = mime ? findBoundary(line, boundaries) : -1;
    if (depth >= 0) {
      const isLast = line.startsWith('--', 2 + (boundaries[depth] ?? '').length);
      boundaries.length = isLast ? depth : depth + 1;
      inHeader = !isLast;
    }
    if (body) visit(line);
  }
  flush();
}

/** Notes the boundary of a multipart. @returns whether headers follow at once, as those of an attached message do */
function enterPart(contentType: Octets, boundaries: Octets[]): boolean {
  if (/^\s*message\/rfc822\b/i.test(contentType)) return true;
  const isMultipart = /^\s*multipart\//i.test(contentType);
  const boundary = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"()]+))/i.exec(contentType);
  const text = boundary?.[1]?.replace(/\\(.)/g, '$1') ?? boundary?.[2];
  if (isMultipart && text !== undefined && boundaries.length < MAX_DEPTH) boundaries.push(text);
  return false;
}

/** The innermost multipart that a line is the boundary of; -1 if it is none. */
function findBoundary(line: Octets, boundaries: readonly Octets[]): number {
  if (!line.startsWith('--')) return -1;
  for (let depth = boundaries.length - 1; depth >= 0; depth--) {
    if (line.startsWith(boundaries[depth] ?? '', 2)) return depth;
  }
  return -1;
}
