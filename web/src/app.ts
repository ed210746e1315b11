import { createContext } from 'svelte';
import type { AppInformation } from '../../src/http/api/schemas/info.ts';
import type { Api } from './api/client.ts';
import { createLoadable, type Loadable } from './api/loadable.svelte.ts';
import { createReloads, type Reloads } from './config/reloads.svelte.ts';
import { createNotifications, type Notifications } from './frame/notifications.ts';
import { createNotices, type Notices } from './frame/notices.svelte.ts';
import { createLanguageSetting, type LanguageSetting } from './frame/language.ts';
import type { Preferences } from './frame/preferences.ts';
import { createRouter, type Router } from './frame/router.svelte.ts';
import { createSettings, type Settings } from './frame/settings.svelte.ts';
import { createThemeChoice, type ThemeChoice } from './frame/theme.svelte.ts';
import { createCursor, type Cursor } from './inbox/cursor.svelte.ts';
import { createDeletion, type Deletion } from './inbox/deletion.svelte.ts';
import { createFilters, type Filters } from './inbox/filters.svelte.ts';
import type { FirstPage } from './inbox/first-page.ts';
import { createFollow, type Follow } from './inbox/follow.svelte.ts';
import { createInbox, type Inbox } from './inbox/inbox.svelte.ts';
import { createLive, type Live } from './inbox/live.svelte.ts';
import { createMarks, type Marks } from './inbox/marks.svelte.ts';
import { createReader, type Reader } from './message/reader.svelte.ts';
import type { Strings, Words } from './strings/strings.ts';
import { createMeasures, type Measures } from './text/measures.ts';
import { createToday, type Today } from './text/today.svelte.ts';

/** Everything that the page holds, built once and handed down. */
export interface App {
  readonly strings: Strings;
  readonly words: Words;
  readonly measures: Measures;
  readonly today: Today;
  readonly preferences: Preferences;
  readonly settings: Settings;
  readonly theme: ThemeChoice;
  readonly language: LanguageSetting;
  readonly router: Router;
  readonly notices: Notices;
  readonly notifications: Notifications;
  readonly api: Api;
  readonly deletion: Deletion;
  readonly inbox: Inbox;
  readonly filters: Filters;
  readonly marks: Marks;
  readonly follow: Follow;
  readonly cursor: Cursor;
  readonly reader: Reader;
  /** What single keys do in the tab on show; it puts them here. */
  readonly tabKeys: Map<string, () => void>;
  readonly live: Live;
  readonly reloads: Reloads;
  /** What the server says of itself; its key is of no meaning. */
  readonly info: Loadable<AppInformation>;
}

export const [getApp, setApp] = createContext<App>();

/** What is there before the page is. */
export interface AppBasis {
  readonly api: Api;
  /** Of the list that the address asks for. */
  readonly first: FirstPage;
  readonly preferences: Preferences;
  readonly words: Words;
  /** BCP 47: how dates and numbers are written. */
  readonly locale: string;
}

/** Builds the page's parts and joins them. To be called inside an effect root: in the outermost component. */
export function createApp({ api, first, preferences, words, locale }: AppBasis): App {
  const { strings } = words;
  const notices = createNotices(strings.list.announceNew);
  const router = createRouter();
  const settings = createSettings(preferences);
  const filters = createFilters(api);
  const deletion = createDeletion(api, {
    onDone: () => inbox.reload(),
    onFailure: (cause) => notices.fail(strings.list.notDeleted, cause),
  });
  const inbox: Inbox = createInbox({
    api,
    first,
    deletion,
    onReady() {
      live.start();
      filters.refresh();
    },
  });
  const marks = createMarks(inbox, (cause) => notices.fail(strings.list.notMarked, cause));
  const cursor = createCursor(inbox);
  const reader = createReader({
    api,
    inbox,
    router,
    cursor,
    deletion,
    onFailure: (cause) => notices.fail(strings.list.notChanged, cause),
  });
  const notifications = createNotifications({
    settings,
    describe: strings.list.describeArrivals,
    onOpen: (id) => reader.open(id),
  });
  const reloads = createReloads();
  const live: Live = createLive({
    onConfig: (state) => reloads.notice(state),
    since: () => inbox.seq,
    onFrames(frames) {
      inbox.apply(frames);
      reader.apply(frames);
      const gone = frames.flatMap((frame) => (frame.Type === 'delete' ? [frame.Data.ID] : []));
      deletion.forget(gone);
      marks.forget(gone);
      filters.apply(frames);
      const arrivals = frames.flatMap((frame) => (frame.Type === 'new' ? [frame.Data] : []));
      notices.arrived(arrivals.length);
      notifications.arrived(arrivals);
    },
  });
  return {
    strings,
    words,
    measures: createMeasures(locale),
    today: createToday(),
    preferences,
    settings,
    theme: createThemeChoice(preferences),
    language: createLanguageSetting(preferences, () => location.reload()),
    router,
    notices,
    notifications,
    api,
    deletion,
    inbox,
    filters,
    marks,
    follow: createFollow(),
    cursor,
    reader,
    tabKeys: new Map(),
    live,
    reloads,
    info: createLoadable((_key, signal) => api.info(signal)),
  };
}
