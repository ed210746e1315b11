import type { Language } from './language.ts';
import type { ConfigStrings } from './en/config.ts';
import type { ConnectStrings } from './en/connect.ts';
import type { HtmlStrings } from './en/html.ts';
import type { KeysStrings } from './en/keys.ts';
import type { PageStrings } from './en/page.ts';
import type { TabsStrings } from './en/tabs.ts';

/** The words that come with the views which need them. */
interface AreaStrings {
  readonly connect: ConnectStrings;
  readonly config: ConfigStrings;
  readonly keys: KeysStrings;
  readonly tabs: TabsStrings;
  readonly html: HtmlStrings;
}
export type Area = keyof AreaStrings;

/** Every word of the page, in one language. An area's may be read once it is loaded. */
export interface Strings extends Readonly<PageStrings>, AreaStrings {}

/** A language's words, as far as they are needed. */
export interface Words {
  readonly strings: Strings;
  /** Loads a view together with the words of its area. */
  withView<View>(area: Area, view: Promise<View>): Promise<View>;
}

interface Source {
  readonly page: () => Promise<{ readonly page: PageStrings }>;
  readonly areas: { readonly [Name in Area]: () => Promise<Pick<AreaStrings, Name>> };
}

const SOURCES: Readonly<Record<Language, Source>> = {
  en: {
    page: () => import('./en/page.ts'),
    areas: {
      connect: () => import('./en/connect.ts'),
      config: () => import('./en/config.ts'),
      keys: () => import('./en/keys.ts'),
      tabs: () => import('./en/tabs.ts'),
      html: () => import('./en/html.ts'),
    },
  },
  ja: {
    page: () => import('./ja/page.ts'),
    areas: {
      connect: () => import('./ja/connect.ts'),
      config: () => import('./ja/config.ts'),
      keys: () => import('./ja/keys.ts'),
      tabs: () => import('./ja/tabs.ts'),
      html: () => import('./ja/html.ts'),
    },
  },
};

/** Loads the words that the first view needs. No other language's are loaded, ever. */
export async function loadWords(language: Language): Promise<Words> {
  const { page, areas } = SOURCES[language];
  const loaded: Partial<AreaStrings> = {};
  const get = <Name extends Area>(name: Name): AreaStrings[Name] => {
    const area = loaded[name];
    if (area === undefined) throw new Error(`The words of "${name}" are read before they are loaded.`);
    return area;
  };
  const strings: Strings = {
    ...(await page()).page,
    get connect() {
      return get('connect');
    },
    get config() {
      return get('config');
    },
    get keys() {
      return get('keys');
    },
    get tabs() {
      return get('tabs');
    },
    get html() {
      return get('html');
    },
  };
  return {
    strings,
    async withView(area, view) {
      const [found, words] = await Promise.all([view, areas[area]()]);
      Object.assign(loaded, words);
      return found;
    },
  };
}
