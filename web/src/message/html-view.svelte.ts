import type { HtmlContents } from '../../../src/http/api/schemas/html.ts';
import { urls, type Api } from '../api/client.ts';
import { createLoadable, type Loadable } from '../api/loadable.svelte.ts';
import type { Preferences } from '../frame/preferences.ts';

type RemoteHost = HtmlContents['Remote'][number];

/** What is shown of the HTML of one message, and what is left out until somebody asks for it. */
export interface HtmlView {
  readonly contents: Loadable<HtmlContents>;
  /** Hosts of which nothing is loaded; hosts of which all is. */
  readonly blocked: readonly RemoteHost[];
  readonly loaded: readonly RemoteHost[];
  readonly hasLargeImages: boolean;
  /** Where it is to be seen. */
  url(isDark: boolean): string;
  /** Loads what public hosts have, until another message is read; or what one host has, wherever it is. */
  loadOnce(host?: string): void;
  isAlways(host: string): boolean;
  /** The choice is kept in the browser. */
  setAlways(host: string, isAlways: boolean): void;
  /** All of it is shown, however long it is. */
  showWhole(): void;
  showLargeImages(): void;
}

/** @param id the message's */
export function createHtmlView(id: string, { api, preferences }: { api: Api; preferences: Preferences }): HtmlView {
  const stored = preferences.get('remote-hosts') ?? '';
  let always = $state.raw<readonly string[]>(stored.split(',').filter((host) => host !== ''));
  let once = $state.raw<readonly string[]>([]);
  let isAllOnce = $state(false);
  let isWhole = $state(false);
  let hasLargeImages = $state(false);
  const contents = createLoadable((key, signal) => api.htmlContents(id, key === 'whole', signal));
  contents.show('start');

  const isLoaded = ({ Host, Near }: RemoteHost): boolean =>
    always.includes(Host) || once.includes(Host) || (isAllOnce && !Near);
  const hosts = $derived(contents.value?.Remote ?? []);
  const blocked = $derived(hosts.filter((host) => !isLoaded(host)));
  const loaded = $derived(hosts.filter(isLoaded));

  return {
    contents,
    get blocked() {
      return blocked;
    },
    get loaded() {
      return loaded;
    },
    get hasLargeImages() {
      return hasLargeImages;
    },
    url(isDark) {
      const remote = [...(isAllOnce ? ['1'] : []), ...always, ...once];
      return urls.html(id, {
        ...(remote.length > 0 && { remote: remote.join(',') }),
        ...(hasLargeImages && { images: '1' }),
        ...(isWhole && { all: '1' }),
        ...(isDark && { dark: '1' }),
      });
    },
    loadOnce(host) {
      if (host === undefined) isAllOnce = true;
      else once = [...once, host];
    },
    isAlways: (host) => always.includes(host),
    setAlways(host, isAlways) {
      const others = always.filter((other) => other !== host);
      always = isAlways ? [...others, host] : others;
      preferences.set('remote-hosts', always.length === 0 ? undefined : always.join(','));
    },
    showWhole() {
      isWhole = true;
      contents.show('whole');
    },
    showLargeImages() {
      hasLargeImages = true;
    },
  };
}
