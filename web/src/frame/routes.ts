/** The tabs of a message, in the order in which they stand; `1` … `8` on the keyboard. */
export const TABS = ['html', 'text', 'headers', 'raw', 'parts', 'journey', 'session', 'checks'] as const;
export type Tab = (typeof TABS)[number];

/** What the address bar says: every view is a link. */
export type Route =
  | { readonly view: 'inbox'; readonly query: string }
  | {
      readonly view: 'message';
      readonly query: string;
      /** A queue ID, or `latest`. */
      readonly id: string;
      /** Undefined: HTML if there is any, else text. */
      readonly tab: Tab | undefined;
      /** Of the HTML frame, in CSS pixels; undefined: as wide as the pane. */
      readonly width: number | undefined;
      /** The frame is shown as in a mail program that inverts colours. */
      readonly dark?: boolean;
      /** Of the journey: whose way, and which of its steps, from 1. */
      readonly rcpt?: string;
      readonly step?: number;
      /** The fragment: `L120-L130` of the source, `2.1` of the parts. */
      readonly anchor?: string;
    }
  | { readonly view: 'connect'; readonly query: string }
  | {
      readonly view: 'config';
      readonly query: string;
      /** The one that is unfolded. */
      readonly parameter: string | undefined;
      /** Those left at their defaults are shown, too. */
      readonly all: boolean;
      /** Only parameters with this in them are shown. */
      readonly find: string;
    };

/** The configuration, all folded. */
export const CONFIG = { view: 'config', parameter: undefined, all: false, find: '' } as const;

/**
 * Reads an address. What isn't known is the inbox.
 * @param href absolute, or beginning with `/`
 */
export function parseRoute(href: string): Route {
  const url = new URL(href, 'http://localhost');
  const query = (url.searchParams.get('q') ?? '').trim();
  const [first, id, last] = url.pathname.split('/').filter((part) => part !== '');
  if (first === 'connect') return { view: 'connect', query };
  if (first === 'config') {
    const find = (url.searchParams.get('find') ?? '').trim();
    const parameter = id === undefined ? undefined : safelyDecoded(id);
    return { view: 'config', query, parameter, all: url.searchParams.get('all') === '1', find };
  }
  if (first !== 'view' || id === undefined) return { view: 'inbox', query };
  const width = Number(url.searchParams.get('w') ?? Number.NaN);
  return {
    view: 'message',
    query,
    id: safelyDecoded(id),
    tab: TABS.find((tab) => tab === last),
    width: Number.isInteger(width) && width >= 200 && width <= 4000 ? width : undefined,
    ...(url.searchParams.get('dark') === '1' && { dark: true }),
    ...parseSpot(url),
  };
}

/** Where in its tab an address leads. */
function parseSpot({ searchParams, hash }: URL): Pick<Route & { view: 'message' }, 'rcpt' | 'step' | 'anchor'> {
  const rcpt = searchParams.get('rcpt') ?? '';
  const step = Number(searchParams.get('step') ?? Number.NaN);
  const anchor = safelyDecoded(hash.slice(1));
  return {
    ...(rcpt !== '' && { rcpt }),
    ...(rcpt !== '' && Number.isInteger(step) && step > 0 && { step }),
    ...(anchor !== '' && { anchor }),
  };
}

/** Writes an address: the other way round. */
export function formatRoute(route: Route): string {
  const search = new URLSearchParams();
  if (route.view === 'message' && route.width !== undefined) search.set('w', String(route.width));
  if (route.view === 'message' && route.dark === true) search.set('dark', '1');
  if (route.view === 'config' && route.all) search.set('all', '1');
  if (route.view === 'config' && route.find !== '') search.set('find', route.find);
  if (route.query !== '') search.set('q', route.query);
  if (route.view === 'message' && route.rcpt !== undefined) search.set('rcpt', route.rcpt);
  if (route.view === 'message' && route.step !== undefined) search.set('step', String(route.step));
  const tail = search.size === 0 ? '' : `?${search.toString()}`;
  switch (route.view) {
    case 'inbox':
      return `/${tail}`;
    case 'connect':
      return `/connect${tail}`;
    case 'config':
      return `/config${route.parameter === undefined ? '' : `/${encodeURIComponent(route.parameter)}`}${tail}`;
    case 'message': {
      const tab = route.tab === undefined ? '' : `/${route.tab}`;
      const fragment = route.anchor === undefined ? '' : `#${encodeURIComponent(route.anchor)}`;
      return `/view/${encodeURIComponent(route.id)}${tab}${tail}${fragment}`;
    }
  }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
