import type { App } from '../app.ts';
import { urls } from '../api/client.ts';
import { copyLink } from '../frame/clipboard.ts';
import { MARK_ALL_KEY } from '../frame/modifier.ts';
import { CONFIG, TABS, type Route } from '../frame/routes.ts';
import { toTagQuery, VERDICT_SEARCHES } from '../inbox/filters.svelte.ts';
import { deleteMarked } from '../inbox/marked.ts';

/** Something to do or to go to. */
export interface Command {
  /** Of its own among all. */
  readonly id: string;
  readonly text: string;
  /** The key that does the same, or what kind of thing it is. */
  readonly hint: string;
  readonly run: () => void;
}

/** What the palette does that isn't in the app's parts. */
export interface PaletteActions {
  readonly showKeys: () => void;
  readonly focusSearch: () => void;
}

/** Views, ready-made searches and actions, as far as they mean something now. */
export function listCommands(app: App, actions: PaletteActions): readonly Command[] {
  const { strings, router, inbox, filters, cursor, marks, reader, deletion, follow, theme, settings, notifications } =
    app;
  const words = strings.palette;
  const { route } = router;
  const { query } = route;
  const go = (to: Route) => (): void => router.go(to);
  const find = (found: string): (() => void) => go({ view: 'inbox', query: found });
  const id = route.view === 'message' ? reader.message.value?.ID : cursor.id;

  return [
    { id: 'inbox', text: strings.frame.inbox, hint: 'g i', run: find(query) },
    { id: 'connect', text: strings.frame.titles.connect, hint: 'g n', run: go({ view: 'connect', query }) },
    {
      id: 'config',
      text: strings.frame.titles.config,
      hint: 'g c',
      run: go({ ...CONFIG, query }),
    },
    { id: 'search', text: strings.list.search, hint: '/', run: actions.focusSearch },
    { id: 'all', text: strings.list.all, hint: '', run: find('') },
    { id: 'unread', text: strings.list.unread, hint: 'is:unread', run: find('is:unread') },
    ...VERDICT_SEARCHES.map(({ status, query: search }) => ({
      id: status,
      text: strings.list.verdicts[status],
      hint: search,
      run: find(search),
    })),
    ...filters.counts.Tags.map(({ Tag }) => ({
      id: `tag:${Tag}`,
      text: Tag,
      hint: 'tag:',
      run: find(toTagQuery(Tag)),
    })),
    ...(route.view === 'message'
      ? TABS.map((tab, i) => ({
          id: `tab:${tab}`,
          text: strings.message.tab[tab],
          hint: String(i + 1),
          run: () => reader.showTab(tab),
        }))
      : []),
    ...(id === undefined
      ? []
      : [
          { id: 'copy', text: strings.keys.copyLink, hint: 'c', run: () => void copyLink(id, app) },
          { id: 'save', text: strings.keys.save, hint: 's', run: () => location.assign(urls.download(id)) },
        ]),
    ...(inbox.rows.length === 0
      ? []
      : [
          { id: 'follow', text: strings.keys.follow, hint: 'f', run: () => follow.start() },
          { id: 'mark-all', text: strings.keys.markAll, hint: MARK_ALL_KEY, run: () => marks.markAll() },
        ]),
    ...(marks.count === 0
      ? []
      : [
          {
            id: 'delete',
            text: words.deleteMarked(app.measures.count(marks.count)),
            hint: '#',
            run: () => deleteMarked(app),
          },
        ]),
    ...(deletion.undoable === 0
      ? []
      : [{ id: 'undo', text: strings.keys.undo, hint: 'z', run: () => deletion.undo() }]),
    {
      id: 'theme',
      text: strings.keys.theme,
      hint: 't',
      run: () => app.notices.say(strings.frame.theme[theme.cycle()]),
    },
    {
      id: 'sender-first',
      text: words.senderFirst(settings.senderFirst),
      hint: '',
      run: () => (settings.senderFirst = !settings.senderFirst),
    },
    ...(notifications.isPossible
      ? [
          {
            id: 'notify',
            text: words.notify(settings.notify),
            hint: '',
            run: () => {
              if (settings.notify) settings.notify = false;
              else void notifications.turnOn();
            },
          },
        ]
      : []),
    { id: 'keys', text: strings.frame.keys, hint: '?', run: actions.showKeys },
  ];
}

/** The addresses of the messages that are loaded: each leads to its mail. */
export function listAddresses({ inbox, router, strings }: App): readonly Command[] {
  const addresses = new Map<string, 'rcpt' | 'env-from'>();
  for (const row of inbox.rows) {
    if (!row) continue;
    if (row.Envelope.From !== '') addresses.set(row.Envelope.From, 'env-from');
    for (const recipient of row.Envelope.To) addresses.set(recipient, 'rcpt');
  }
  return [...addresses].map(([address, operator]) => ({
    id: `address:${address}`,
    text: address,
    hint: strings.palette.address,
    run: () => router.go({ view: 'inbox', query: `${operator}:${/[\s"]/.test(address) ? `"${address}"` : address}` }),
  }));
}

/** The parameters of main.cf: each leads to its place in the configuration. */
export function toParameterCommands(names: readonly string[], { router, strings }: App): readonly Command[] {
  return names.map((name) => ({
    id: `parameter:${name}`,
    text: name,
    hint: strings.palette.parameter,
    run: () => router.go({ view: 'config', query: router.route.query, parameter: name, all: true, find: '' }),
  }));
}
