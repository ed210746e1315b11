import type { App } from '../app.ts';
import { urls } from '../api/client.ts';
import { copyText } from './clipboard.ts';
import { formatRoute, TABS } from './routes.ts';

/** What keys do that isn't in the app's parts. */
interface KeyActions {
  readonly toggleSheet: () => void;
  /** In the view that is shown. */
  readonly focusSearch: () => void;
}

/** The configuration, all folded. */
const CONFIG = { view: 'config', parameter: undefined, all: false, find: '' } as const;

/** Where no list of messages is seen, no key may change one. */
const WITHOUT_LIST: ReadonlySet<string> = new Set(['Escape', '/', 't', '?', 'g i', 'g c', 'g n']);

/** The window's `keydown`: keys mean something where nobody types, and single ones can be turned off (WCAG 2.1.4). */
export function createKeyHandler(app: App, actions: KeyActions): (event: KeyboardEvent) => void {
  const { router, inbox, cursor, reader, deletion, theme, preferences, strings } = app;
  let prefix = '';

  /** The message that a key is about: the one that is open, else the one that the cursor is on. */
  const current = (): string | undefined => (router.route.view === 'message' ? reader.message.value?.ID : cursor.id);
  const withCurrent = (act: (id: string) => void) => (): void => {
    const id = current();
    if (id !== undefined) act(id);
  };

  /** Those that scroll or press elsewhere: they are the list's only while the focus is on it, or on nothing. */
  const inList = new Map<string, () => void>([
    ['ArrowDown', () => cursor.move(1)],
    ['ArrowUp', () => cursor.move(-1)],
    ['PageDown', () => cursor.move(10)],
    ['PageUp', () => cursor.move(-10)],
    ['Home', () => cursor.moveTo(0)],
    ['End', () => cursor.moveTo(inbox.rows.length - 1)],
    ['Enter', () => cursor.id !== undefined && reader.open(cursor.id)],
  ]);
  const anywhere = new Map<string, () => void>([
    ['Escape', goBack],
    ['Delete', withCurrent((id) => reader.remove(id))],
  ]);
  const single = new Map<string, () => void>([
    ['j', () => cursor.move(1)],
    ['k', () => cursor.move(-1)],
    ['o', () => cursor.id !== undefined && reader.open(cursor.id)],
    ['J', () => reader.step(1)],
    ['K', () => reader.step(-1)],
    ['G', () => cursor.moveTo(inbox.rows.length - 1)],
    ['#', withCurrent((id) => reader.remove(id))],
    ['z', () => deletion.undo()],
    ['u', withCurrent((id) => reader.setRead(id, !(inbox.rows.find((row) => row?.ID === id)?.Read ?? true)))],
    ['/', actions.focusSearch],
    [
      'c',
      withCurrent((id) => {
        const link = formatRoute({ view: 'message', query: '', id, tab: undefined, width: undefined });
        void copyText(`${location.origin}${link}`, app);
      }),
    ],
    ['s', withCurrent((id) => location.assign(urls.download(id)))],
    ['t', () => app.notices.say(strings.frame.theme[theme.cycle()])],
    ['?', actions.toggleSheet],
    ['g i', () => router.go({ view: 'inbox', query: router.route.query })],
    ['g c', () => router.go({ ...CONFIG, query: router.route.query })],
    ['g n', () => router.go({ view: 'connect', query: router.route.query })],
    ...TABS.map((tab, i) => [String(i + 1), () => reader.showTab(tab)] as const),
  ]);

  function goBack(): void {
    const { route } = router;
    if (route.view === 'config' && route.parameter !== undefined) {
      router.go({ ...route, parameter: undefined });
      return;
    }
    if (router.route.view !== 'inbox') reader.close();
    else if (router.route.query !== '') router.go({ view: 'inbox', query: '' });
  }

  return (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const element = target instanceof Element ? target : document.body;
    if (isTyping(element) || document.querySelector('dialog[open]')) return;

    const pressed = prefix === '' ? key : `${prefix} ${key}`;
    prefix = '';
    const isAllowed = router.route.view !== 'config' || WITHOUT_LIST.has(pressed);
    const isOnList = element === document.body || element.closest('[role=listbox]') !== null;
    const act =
      (isOnList ? inList.get(key) : undefined) ??
      anywhere.get(key) ??
      (preferences.get('single-keys') === 'off' ? undefined : (app.tabKeys.get(pressed) ?? single.get(pressed)));
    if (act && isAllowed) {
      event.preventDefault();
      act();
    } else if (pressed === 'g') prefix = 'g';
  };
}

function isTyping(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(element.type);
  return element.matches('textarea, select, [contenteditable]');
}
