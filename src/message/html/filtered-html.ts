import { findResource, type Resource, type ResourceUse } from './link.ts';
import { escapeString } from './style-filter.ts';

/** Something outside the HTML that it would show. */
export type OutsideResource = Exclude<Resource, { kind: 'data' }>;

/** HTML in which nothing runs, with a gap for each address of a resource: whoever shows it decides which are filled. */
export interface FilteredHtml {
  /** `<!DOCTYPE html>`, or empty: it decides how browsers lay the rest out. */
  readonly doctype: string;
  /** What stands before, between and after the gaps: one more than there are gaps. */
  readonly pieces: readonly string[];
  readonly gaps: readonly Gap[];
  /** What the gaps are for, each once. */
  readonly resources: readonly OutsideResource[];
  /** What was left out of the HTML, by name, in order: `<script>`, `onclick`; the most frequent kinds, not each. */
  readonly removed: readonly { readonly name: string; readonly count: number }[];
  /** Links of other schemes than http, https, mailto and tel, each once: they are text now. */
  readonly addresses: readonly string[];
}

/** Where the address of a resource goes: always between double quotes. */
export interface Gap {
  /** Index into the resources. */
  readonly resource: number;
  /** Within CSS, which has escapes of its own. */
  readonly isStyle: boolean;
}

/** Loads nothing; as the source of a picture it shows the alternative text. The comma isn't its end, for `srcset`. */
export const NOTHING = 'data:,x';

const MAX_REMOVED_KINDS = 50;
const MAX_ADDRESSES = 100;

/** Gathers filtered HTML. */
export interface HtmlWriter {
  /** Adds markup that is safe as it stands. */
  write(markup: string): void;
  /** Adds a resource's address, or {@link NOTHING}, between double quotes that are written already. */
  writeResource(link: string, use: ResourceUse, options: { readonly isStyle: boolean }): void;
  remove(name: string): void;
  addAddress(address: string): void;
  /** What was gathered. */
  finish(doctype: string): FilteredHtml;
}

/** Opens a writer for one HTML. */
export function createHtmlWriter(): HtmlWriter {
  const pieces: string[] = [];
  const gaps: Gap[] = [];
  const resources: OutsideResource[] = [];
  const indexes = new Map<string, number>();
  const removed = new Map<string, number>();
  const addresses = new Set<string>();
  let parts: string[] = [];

  function indexOf(resource: OutsideResource): number {
    const key = resource.kind === 'remote' ? resource.url : `cid:${resource.contentId}`;
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, resources.length);
    return resources.push(resource) - 1;
  }

  return {
    write(markup) {
      parts.push(markup);
    },
    writeResource(link, use, { isStyle }) {
      const resource = findResource(link, use);
      const isWithin = isStyle && link.startsWith('#');
      if (resource?.kind === 'remote' || resource?.kind === 'part') {
        pieces.push(parts.join(''));
        parts = [];
        gaps.push({ resource: indexOf(resource), isStyle });
      } else parts.push(escapeUrl(resource?.url ?? (isWithin ? link : NOTHING), isStyle));
    },
    remove(name) {
      if (removed.size < MAX_REMOVED_KINDS || removed.has(name)) removed.set(name, (removed.get(name) ?? 0) + 1);
    },
    addAddress(address) {
      if (addresses.size < MAX_ADDRESSES) addresses.add(address);
    },
    finish: (doctype) => ({
      doctype,
      pieces: [...pieces, parts.join('')],
      gaps,
      resources,
      removed: [...removed].map(([name, count]) => ({ name, count })),
      addresses: [...addresses],
    }),
  };
}

/**
 * Fills the gaps of what stands behind the doctype.
 * @param find the URL of a resource; undefined: it is not to be loaded
 */
export function fillGaps(filtered: FilteredHtml, find: (resource: OutsideResource) => string | undefined): string {
  const urls = filtered.resources.map(find);
  const filled = filtered.gaps.flatMap(({ resource, isStyle }, index) => [
    filtered.pieces[index] ?? '',
    escapeUrl(urls[resource] ?? NOTHING, isStyle),
  ]);
  return [...filled, filtered.pieces[filtered.gaps.length] ?? ''].join('');
}

function escapeUrl(url: string, isStyle: boolean): string {
  return isStyle ? escapeString(url) : escapeMarkup(url);
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\0': '\uFFFD',
};

/** Text that means itself in HTML, between tags and between double quotes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"\0]/g, (char) => REFERENCES[char] ?? char);
}
