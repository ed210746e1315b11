import { hash } from 'node:crypto';
import type { Transform } from 'node:stream';
import mailsplit from '@zone-eu/mailsplit';
import type { MessageChunk } from '@zone-eu/mailsplit';
import { splitHeaderBlock } from './header-fields.ts';
import type { MimePart } from './parsed.ts';
import { decodePart } from './part.ts';

/** More parts than these, or deeper ones, no mail has that anybody reads; each costs time and memory. */
const MAX_PARTS = 10_000;
const MAX_DEPTH = 1_000;
/**
 * All header blocks of a message together: a To of 30,000 mailboxes takes 1 MB. What is made of header fields takes
 * some thirty times their octets, and a thread whose heap overflows at one stroke takes the whole process with it.
 */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;

/** Octets that the splitter understands. */
interface SplittableMessage {
  readonly octets: Buffer;
  /** The octet at which an empty line was put in, or -1. */
  readonly insertedAt: number;
}

/** mailsplit's own idea of a part: its header fields, read. */
type SplitNode = MessageChunk['node'];
/** What the splitter gives; a body without octets has no value. */
type SplitChunk = SplitNode | (Partial<Omit<MessageChunk, 'type'>> & Pick<MessageChunk, 'type'>);

/** A part while its message is split: its children and its end aren't known yet. */
interface Draft {
  readonly node: SplitNode;
  readonly depth: number;
  readonly headerStart: number;
  readonly bodyStart: number;
  bodyEnd: number;
  readonly children: Draft[];
}

/**
 * The MIME tree of a message, with the octet range of each part. An attached message is a leaf.
 * @param options.sums whether sums are made: they cost more than all else
 * @throws {Error} with a plain reason, when it has too many parts, too deep ones, or too large a header
 */
export async function parseMimeTree(raw: Uint8Array, { sums }: { readonly sums: boolean }): Promise<MimePart> {
  const message = toSplittable(raw);
  const root = await splitIntoDrafts(message);
  return toPart(root, '', { raw, sums, insertedAt: message.insertedAt, boundaries: [] });
}

/** The leaves of a tree, in order. A multipart without parts is none. */
export function* leavesOf(part: MimePart): Generator<MimePart> {
  const open = [part];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!next.contentType.startsWith('multipart/')) yield next;
    open.push(...next.children.toReversed());
  }
}

/** Why a message with a larger header can't be parsed. */
export const HEADER_TOO_LARGE = `header fields take more than ${MAX_HEADER_BYTES / 1024 / 1024} MB`;
const CRLF = Buffer.from('\r\n');

/**
 * Makes a message splittable as Postfix reads it: a line that is no header field begins the body. The splitter takes
 * all lines up to the first empty one as header, and shows nothing of a mail that forgot it: it is put in.
 */
function toSplittable(raw: Uint8Array): SplittableMessage {
  const octets = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const { end, bodyStart } = splitHeaderBlock(raw);
  if (bodyStart > end) return { octets, insertedAt: -1 };
  return { octets: Buffer.concat([octets.subarray(0, end), CRLF, octets.subarray(end)]), insertedAt: end };
}

async function splitIntoDrafts({ octets }: SplittableMessage): Promise<Draft> {
  // The library declares no event but `data`.
  const splitter = new mailsplit.Splitter({
    ignoreEmbedded: true,
    maxChildNodes: MAX_PARTS,
    maxHeadSize: MAX_HEADER_BYTES,
  }) as unknown as Transform;
  const drafts = new Map<SplitNode, Draft>();
  let offset = 0;
  let headerCost = 0;
  const take = (chunk: SplitChunk): void => {
    if (chunk.type === 'node') {
      const parent = chunk.parentNode === false ? undefined : drafts.get(chunk.parentNode);
      const bodyStart = offset + chunk._headerlen;
      const depth = (parent?.depth ?? -1) + 1;
      headerCost += chunk.headerCost();
      if (headerCost > MAX_HEADER_BYTES) throw new Error(HEADER_TOO_LARGE);
      if (depth > MAX_DEPTH) throw new Error(`parts are nested more than ${MAX_DEPTH} deep`);
      const draft = { node: chunk, depth, headerStart: offset, bodyStart, bodyEnd: bodyStart, children: [] };
      drafts.set(chunk, draft);
      parent?.children.push(draft);
      offset = bodyStart;
    } else if (chunk.value !== undefined && chunk.value.length > 0) {
      // One write: a value is a view of it, but for what the last line may be copied to.
      const { value } = chunk;
      const start =
        value.buffer === octets.buffer ? value.byteOffset - octets.byteOffset : octets.length - value.length;
      offset = start + value.length;
      const owner = chunk.node && drafts.get(chunk.node);
      // A delimiter comes with the node that it opens, which isn't there yet.
      if (owner) owner.bodyEnd = offset;
    }
  };
  // Events, since a loop that awaits each chunk takes twice as long.
  await new Promise<void>((resolve, reject) => {
    splitter.on('error', reject);
    splitter.on('end', resolve);
    splitter.on('data', (chunk: SplitChunk) => {
      try {
        take(chunk);
      } catch (error) {
        splitter.destroy(error as Error);
      }
    });
    splitter.end(octets);
  });
  const [root] = drafts.values();
  if (!root) throw new Error('there is no message');
  return root;
}

interface Place {
  readonly raw: Uint8Array;
  readonly sums: boolean;
  readonly insertedAt: number;
  /** Of the multiparts around, outermost first. */
  readonly boundaries: readonly Buffer[];
}

function toPart(draft: Draft, partId: string, place: Place): MimePart {
  const { node, children } = draft;
  const toRaw = (offset: number): number =>
    place.insertedAt >= 0 && offset > place.insertedAt ? offset - CRLF.length : offset;
  const contentType = node.contentType === false ? 'text/plain' : node.contentType;
  const boundaries = node._boundary === false ? place.boundaries : [...place.boundaries, node._boundary];
  const parts = children.map((child, index) =>
    toPart(child, partId === '' ? String(index + 1) : `${partId}.${index + 1}`, { ...place, boundaries }),
  );
  const isMultipart = node.multipart !== false;
  const headerStart = toRaw(draft.headerStart);
  const bodyStart = toRaw(draft.bodyStart);
  let bodyEnd = Math.max(bodyStart, toRaw(draft.bodyEnd));
  if (isMultipart) {
    const lastEnd = parts.at(-1)?.bodyEnd ?? bodyStart;
    bodyEnd = Math.max(lastEnd, outerDelimiter(place, lastEnd, bodyEnd));
  }
  const encoding = node.encoding === false || node.encoding === '' ? '7bit' : node.encoding;
  const decoded = isMultipart ? undefined : decodePart(place.raw.subarray(bodyStart, bodyEnd), { encoding });
  const disposition = toDisposition(node.disposition);
  const contentId = toContentId(node);
  return {
    partId: draft.depth === 0 && !isMultipart ? '0' : partId,
    contentType,
    ...(node.charset === false ? {} : { charset: node.charset }),
    encoding,
    ...(disposition === undefined ? {} : { disposition }),
    ...(node.filename === false || node.filename === '' ? {} : { fileName: node.filename }),
    ...(contentId === '' ? {} : { contentId }),
    headerStart,
    bodyStart,
    bodyEnd,
    sizeBytes: decoded ? decoded.length : bodyEnd - bodyStart,
    ...(decoded && place.sums ? { sums: sumsOf(decoded) } : {}),
    children: parts,
  };
}

/**
 * Where, from `start` to `end`, the delimiter of a multipart around this one begins, line end before it included; else
 * `end`. The splitter gives closing delimiters that follow each other to the innermost multipart.
 */
function outerDelimiter({ raw, boundaries }: Place, start: number, end: number): number {
  const rest = Buffer.from(raw.buffer, raw.byteOffset + start, Math.max(0, end - start));
  let first = end;
  for (const boundary of boundaries) {
    const at = rest.indexOf(Buffer.concat([Buffer.from('\n--'), boundary]));
    if (at >= 0) first = Math.min(first, start + (rest[at - 1] === CRLF[0] ? at - 1 : at));
  }
  return first;
}

function toDisposition(disposition: string | false): MimePart['disposition'] {
  if (disposition === false || disposition === '') return undefined;
  // RFC 2183 §2.8: what isn't known is to be treated as an attachment.
  return disposition === 'inline' ? 'inline' : 'attachment';
}

function toContentId(node: SplitNode): string {
  if (node.headers === false) return '';
  return node.headers.getFirst('Content-ID').trim().replace(/^<|>$/g, '').trim();
}

function sumsOf(octets: Uint8Array): NonNullable<MimePart['sums']> {
  return { md5: hash('md5', octets), sha1: hash('sha1', octets), sha256: hash('sha256', octets) };
}
