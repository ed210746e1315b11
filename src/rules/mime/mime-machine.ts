import type { Octets } from '../octets.ts';
import { cutAtNul, makeRecord, type ContentRecord } from './content-records.ts';
import { readFirstWord, readParameters, type HeaderWord } from './header-words.ts';
import { measureHeaderName, toHeaderName } from './known-headers.ts';

/** Where a header stands: before the message, before a part of a multipart, or before a message within the message. */
export type HeaderClass = 'primary' | 'multipart' | 'nested';

/** What is wrong with a message's structure, the gravest first. */
export type MimeFault = 'nesting' | 'header-8bit' | 'body-8bit' | 'encoding-domain';

/** A header with all its lines. */
export interface MimeHeader {
  readonly class: HeaderClass;
  /** In lower case. */
  readonly name: Octets;
  /** `Name: value`, folded lines with LF between them. No blank is before the colon. */
  readonly text: Octets;
  /** Where its lines are in the raw octets. `start === end`: they aren't there. */
  readonly start: number;
  readonly end: number;
}

/** Whoever wants to hear of a message's parts, in their order. */
export interface MimeListener {
  header(header: MimeHeader): void;
  /** Behind the last header of a block. @param at where what follows begins */
  endOfHeaders(headerClass: HeaderClass, at: number): void;
  /** A line behind the headers, boundaries and the blank line included. @param offset of the part's octets before it */
  body(record: ContentRecord, offset: number): void;
  /** Each kind of fault is told of but once. */
  fault(fault: MimeFault, text: Octets): void;
}

/** How a message is read. */
export interface MimeOptions {
  /** header_size_limit */
  readonly headerLimit: number;
  /** mime_boundary_length_limit */
  readonly boundaryLimit: number;
  /** mime_nesting_limit */
  readonly nestingLimit: number;
  /** Behind the message's own headers, all is body. */
  readonly isDisabled: boolean;
  readonly faults: ReadonlySet<MimeFault>;
}

/** A message while it is read. */
export interface MimeMachine {
  push(record: ContentRecord): void;
  /** The message ends. @param at how many raw octets it has */
  finish(at: number): void;
  isInBody(): boolean;
  /** Of the part's octets, so many were told of. */
  bodyOffset(): number;
  /** Whether a boundary may come: otherwise all that follows is body. */
  awaitsBoundary(): boolean;
}

/** What a part's octets are, once its encoding is undone. */
type EncodingDomain = '7bit' | '8bit' | 'binary';
type ContentType = 'text' | 'message' | 'multipart' | 'other';
type Subtype = 'rfc822' | 'global' | 'partial' | 'external-body' | 'other';

const DOMAINS: ReadonlyMap<Octets, EncodingDomain> = new Map([
  ['7bit', '7bit'],
  ['8bit', '8bit'],
  ['binary', 'binary'],
  ['base64', '7bit'],
  ['quoted-printable', '7bit'],
]);

const SUBTYPES: ReadonlyMap<Octets, Subtype> = new Map([
  ['rfc822', 'rfc822'],
  ['global', 'global'],
  ['partial', 'partial'],
  ['external-body', 'external-body'],
]);

interface Boundary {
  readonly text: Octets;
  /** What a part is that says nothing. */
  readonly type: 'text' | 'message';
}

const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Reads a message as Postfix does, record by record: forgiving, in one pass, with limits.
 * @see Postfix's mime_state(3)
 */
export function openMimeMachine(options: MimeOptions, listener: MimeListener): MimeMachine {
  let place: HeaderClass | 'body' = 'primary';
  let header: { text: Octets; start: number; end: number } | undefined;
  let type: ContentType = 'text';
  let subtype: Subtype = 'other';
  let encoding: Octets = '7bit';
  let domain: EncodingDomain = '7bit';
  let wasPartial = false;
  let bodyOffset = 0;
  const boundaries: Boundary[] = [];
  const told = new Set<MimeFault>();

  const enter = (next: HeaderClass | 'body', partType: ContentType) => {
    place = next;
    type = partType;
    subtype = partType === 'message' ? 'rfc822' : 'other';
    encoding = domain = '7bit';
    if (next === 'body') bodyOffset = 0;
  };
  const report = (fault: MimeFault, text: Octets) => {
    if (!options.faults.has(fault) || told.has(fault)) return;
    told.add(fault);
    listener.fault(fault, text);
  };
  const tellBody = (record: ContentRecord) => {
    listener.body(record, bodyOffset);
    bodyOffset += record.text.length + 1;
  };

  const readContentType = (text: Octets) => {
    const [first = [], ...parameters] = readParameters(text.slice(text.indexOf(':') + 1));
    const [main, slash, sub] = first;
    const subtypeName = slash?.value === '/' ? toWord(sub) : undefined;
    const mainName = toWord(main);
    if (main === undefined) type = 'other';
    // QUIRK: another type leaves the one of an earlier Content-Type header, or text.
    if (mainName !== 'text' && mainName !== 'message' && mainName !== 'multipart') return;
    type = mainName;
    subtype = (type === 'message' && subtypeName !== undefined && SUBTYPES.get(subtypeName)) || 'other';
    if (type !== 'multipart') return;
    for (const [name, equals, value] of parameters) {
      if (toWord(name) !== 'boundary' || equals?.value !== '=' || value === undefined) continue;
      // QUIRK: one level more than the limit says.
      if (boundaries.length > options.nestingLimit + 1) {
        report('nesting', text);
      } else {
        const boundary = value.value.slice(0, options.boundaryLimit);
        boundaries.push({ text: boundary, type: subtypeName === 'digest' ? 'message' : 'text' });
      }
    }
  };
  const readEncoding = (text: Octets) => {
    const word = readFirstWord(text.slice(text.indexOf(':') + 1))?.toLowerCase() ?? '';
    const found = DOMAINS.get(word);
    if (found === undefined) return;
    encoding = word;
    domain = found;
  };
  const endHeader = (headerClass: HeaderClass) => {
    if (header === undefined) return;
    const { text, start, end } = header;
    header = undefined;
    wasPartial = false;
    const name = toHeaderName(text);
    if (!options.isDisabled && name === 'content-type') readContentType(text);
    if (!options.isDisabled && name === 'content-transfer-encoding') readEncoding(text);
    if (BEYOND_ASCII.test(text)) report('header-8bit', text);
    listener.header({ class: headerClass, name, text, start, end });
  };
  const checkDomain = () => {
    const isWrong =
      type === 'multipart' || (type === 'message' && subtype === 'rfc822')
        ? encoding !== domain
        : type === 'message' && (subtype === 'partial' || subtype === 'external-body') && domain !== '7bit';
    if (isWrong) report('encoding-domain', encoding);
  };
  const leaveHeaders = (headerClass: HeaderClass, { text, start }: ContentRecord) => {
    listener.endOfHeaders(headerClass, start);
    checkDomain();
    if (text === '' || text.startsWith('\0')) {
      bodyOffset = 0;
      if (type === 'message' && (subtype === 'rfc822' || subtype === 'global')) enter('nested', 'text');
      else if (type === 'multipart') enter('body', 'other');
      else place = 'body';
      return;
    }
    // Only the message itself gets a blank line: within parts it would break signatures.
    if (headerClass === 'primary') tellBody(makeRecord('', start));
    place = 'body';
    bodyOffset = 0;
  };
  /** @returns whether the record belongs to the headers */
  const pushHeader = (record: ContentRecord, headerClass: HeaderClass): boolean => {
    const { text, start, end, isPartial } = record;
    if (header !== undefined) {
      if (wasPartial || text.startsWith(' ') || text.startsWith('\t')) {
        if (header.text.length < options.headerLimit) header.text += (wasPartial ? '' : '\n') + cutAtNul(text);
        header.end = end;
        wasPartial = isPartial;
        return true;
      }
      endHeader(headerClass);
    }
    const nameLength = measureHeaderName(text);
    if (nameLength === 0) return false;
    const value = cutAtNul(text)
      .slice(nameLength)
      .replace(/^[ \t]+/, '');
    header = { text: text.slice(0, nameLength) + value, start, end };
    wasPartial = isPartial;
    return true;
  };
  const meetBoundary = (text: Octets) => {
    const found = boundaries.findLastIndex((boundary) => text.startsWith(boundary.text, 2));
    const boundary = boundaries[found];
    if (boundary === undefined) return;
    const isLast = text.startsWith('--', 2 + boundary.text.length);
    boundaries.length = isLast ? found : found + 1;
    if (isLast) enter('body', 'other');
    else enter('multipart', boundary.type);
  };

  return {
    push(record) {
      if (place !== 'body') {
        if (pushHeader(record, place)) return;
        leaveHeaders(place, record);
      }
      const { text, isPartial } = record;
      if (encoding === '7bit' && options.faults.has('body-8bit') && BEYOND_ASCII.test(text)) report('body-8bit', text);
      if (boundaries.length > 0 && !wasPartial && text.length > 2 && text.startsWith('--')) meetBoundary(text);
      tellBody(record);
      wasPartial = isPartial;
    },
    finish(at) {
      if (place === 'body') return;
      endHeader(place);
      listener.endOfHeaders(place, at);
      checkDomain();
      place = 'body';
    },
    isInBody: () => place === 'body',
    bodyOffset: () => bodyOffset,
    awaitsBoundary: () => boundaries.length > 0,
  };
}

function toWord(word: HeaderWord | undefined): Octets | undefined {
  return word?.kind === 'word' ? word.value.toLowerCase() : undefined;
}
