import type { MimePart } from '../../message/parsed.ts';
import { IMAGE_TYPES } from '../html/part-images.ts';

/** How a part is served. */
export interface PartType {
  readonly contentType: string;
  /** Whether a browser may show it where it stands; else it is a file to be saved. */
  readonly isShown: boolean;
}

/** HTML, XML and scripts, by whatever name. As a file to be saved they are nothing to a browser. */
const ACTIVE =
  /[/+.-](?:x?html|xml|xslt?|svg|(?:java|ecma|live|vb|j)script\d*(?:\.\d+)?|wasm|x-shockwave-flash|x-component)\b/;
const TYPE = /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,80}$/;
const CHARSET = /^[\w.:-]{1,40}$/;

/**
 * The type that a part is served as. Its own, unless a browser could run it; shown are only pictures that can't run and
 * plain text. Text has its charset, since its octets are those that were sent.
 */
export function toPartType({ contentType, charset }: Pick<MimePart, 'contentType' | 'charset'>): PartType {
  if (!TYPE.test(contentType) || ACTIVE.test(contentType)) {
    return { contentType: 'application/octet-stream', isShown: false };
  }
  const isText = contentType.startsWith('text/');
  return {
    contentType:
      isText && charset !== undefined && CHARSET.test(charset) ? `${contentType}; charset=${charset}` : contentType,
    isShown: IMAGE_TYPES.has(contentType) || contentType === 'text/plain',
  };
}
