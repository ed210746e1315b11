import { namedParts } from '../../message/attachments.ts';
import { fillGaps, type FilteredHtml } from '../../message/html/filtered-html.ts';
import type { MimePart } from '../../message/parsed.ts';
import type { MessageRecord } from '../../store/store.ts';
import { RequestError } from '../api/request-error.ts';
import { htmlPolicy } from '../security-headers.ts';
import { DARK_CLIENT_STYLE } from './dark-client.ts';
import type { HtmlReader, ReadHtml } from './html-reader.ts';
import { embedImages, findImages, type NamedImage } from './part-images.ts';
import { selectHosts, type RemoteChoice } from './remote-hosts.ts';

/** The filtered HTML of a message, and what it would show of elsewhere. */
export interface ShownHtml extends ReadHtml {
  /** Hosts in the order in which they are named, with how many addresses of each. */
  readonly remoteCounts: ReadonlyMap<string, number>;
  readonly images: readonly NamedImage[];
}

/**
 * Reads and filters the HTML of a message.
 * @param options.isWhole all of it is wanted, however long it is
 * @throws {RequestError} 404 if it has none, 503 if it can't be filtered: it is never shown as it is
 */
export async function readShownHtml(
  record: MessageRecord,
  reader: HtmlReader,
  options: { readonly isWhole: boolean },
): Promise<ShownHtml> {
  const { parsed, parse } = record;
  if (parsed === undefined) {
    const reason = parse.state === 'failed' ? parse.reason : 'the parser has not come to it yet';
    throw new RequestError(404, `This message has no HTML to show: ${reason}`);
  }
  const read = await reader.read(record, options);
  const { resources } = read.filtered;
  const contentIds = resources.flatMap((resource) => (resource.kind === 'part' ? [resource.contentId] : []));
  const remoteCounts = new Map<string, number>();
  for (const resource of resources) {
    if (resource.kind === 'remote') remoteCounts.set(resource.host, (remoteCounts.get(resource.host) ?? 0) + 1);
  }
  return { ...read, remoteCounts, images: findImages(contentIds, namedParts(parsed.root)) };
}

/** How HTML is to be shown. */
export interface ViewOptions {
  readonly remote: RemoteChoice;
  /** Images of the message that are too large to be shown unasked are shown. */
  readonly hasLargeImages: boolean;
  /** As in a mail program that inverts colours. */
  readonly isDark: boolean;
}

/**
 * Makes a page of filtered HTML, and the policy to send with it.
 * @param load the decoded octets of a part
 */
export async function renderHtml(
  { filtered, images, remoteCounts }: ShownHtml,
  { remote, hasLargeImages, isDark }: ViewOptions,
  load: (part: MimePart) => Promise<Uint8Array>,
): Promise<{ readonly html: string; readonly policy: string }> {
  const hosts = selectHosts([...remoteCounts.keys()], remote);
  const shownImages = images.filter(({ isLarge }) => hasLargeImages || !isLarge);
  const urls = await embedImages(shownImages, countPlaces(filtered), load);
  const allowed = new Set(hosts);
  const html = fillGaps(filtered, (resource) => {
    if (resource.kind === 'part') return urls.get(resource.contentId);
    return allowed.has(resource.host) ? resource.url : undefined;
  });
  return { html: `${filtered.doctype}${isDark ? DARK_CLIENT_STYLE : ''}${html}`, policy: htmlPolicy(hosts) };
}

function countPlaces({ gaps, resources }: FilteredHtml): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const gap of gaps) {
    const resource = resources[gap.resource];
    if (resource?.kind === 'part') places.set(resource.contentId, (places.get(resource.contentId) ?? 0) + 1);
  }
  return places;
}
