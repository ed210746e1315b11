import type { App } from '../app.ts';
import { urls } from '../api/client.ts';
import { copyLink } from './clipboard.ts';
import type { Row } from '../inbox/sparse-list.ts';
import { deleteMarked, readMarked } from '../inbox/marked.ts';
import { CONFIG, TABS } from './routes.ts';

/** What keys do that isn't in the app's parts. */
interface KeyActions {
  readonly toggleSheet: () => void;
  readonly togglePalette: () => void;
  /** In the view that is shown. */
  readonly focusSearch: () => void;
}

/** Where no list of messages is seen, no key may change one. */
const WITHOUT_LIST: ReadonlySet<string> = new Set(['Escape', '/', 't', 'z', '?', 'g i', 'g c', 'g n']);

/** The window's `keydown`: keys mean something where nobody types, and single ones can be turned off (WCAG 2.1.4). */
export function createKeyHandler(app: App, actions: KeyActions): (event: KeyboardEvent) => void {
  const { router, inbox, cursor, marks, reader, deletion, follow, live, theme, settings, strings } = app;
  let prefix = '';

  /** The message that a key is about: the one that is open, else the one that the cursor is on. */
  const current = (): string | undefined => (router.route.view === 'message' ? reader.message.value?.ID : cursor.id);
  const withCurrent = (act: (id: string) => void) => (): void => {
    const id = current();
    if (id !== undefined) act(id);
  };

  /** Nothing can be changed while the server doesn't answer. */
  const whileLive = (act: () => void) => (): void => {
    if (live.isLost) app.notices.say(strings.frame.live[live.state]);
    else act();
  };
  const remove = whileLive(() => {
    if (marks.count > 0) deleteMarked(app);
    else withCurrent((id) => reader.remove({ ids: [id] }))();
  });
  const toggleRead = whileLive(() => {
    if (marks.count > 0) void readMarked(app, !isRead(inbox.rows.find((row) => marks.has(row))));
    else withCurrent((id) => reader.setRead(id, !isRead(inbox.rows.find((row) => row?.ID === id))))();
  });

  /** Moves the keyboard's row, and marks from where the marking began to there. */
  function extend(rows: number): void {
    const from = Math.max(0, cursor.index);
    cursor.move(rows);
    void marks.extend(from, cursor.index);
  }

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
    ['Delete', remove],
  ]);
  const single = new Map<string, () => void>([
    ['j', () => cursor.move(1)],
    ['k', () => cursor.move(-1)],
    ['o', () => cursor.id !== undefined && reader.open(cursor.id)],
    ['J', () => reader.step(1)],
    ['K', () => reader.step(-1)],
    ['G', () => cursor.moveTo(inbox.rows.length - 1)],
    ['x', () => void marks.toggle(cursor.index)],
    ['#', remove],
    ['z', () => deletion.undo()],
    ['u', toggleRead],
    [']', () => showRecipient(1)],
    ['[', () => showRecipient(-1)],
    ['f', () => follow.start()],
    ['/', actions.focusSearch],
    ['c', withCurrent((id) => void copyLink(id, app))],
    ['s', withCurrent((id) => location.assign(urls.download(id)))],
    ['t', () => app.notices.say(strings.frame.theme[theme.cycle()])],
    ['?', actions.toggleSheet],
    ['g i', () => router.go({ view: 'inbox', query: router.route.query })],
    ['g c', () => router.go({ ...CONFIG, query: router.route.query })],
    ['g n', () => router.go({ view: 'connect', query: router.route.query })],
    ...TABS.map((tab, i) => [String(i + 1), () => reader.showTab(tab)] as const),
  ]);

  /** The journey of the next recipient of the envelope; first of all, of the first. */
  function showRecipient(step: 1 | -1): void {
    const { route } = router;
    const recipients = reader.message.value?.Envelope.To ?? [];
    if (route.view !== 'message' || recipients.length === 0) return;
    const at = recipients.findIndex(({ Address }) => Address === route.rcpt);
    const next = at < 0 ? 0 : Math.max(0, Math.min(at + step, recipients.length - 1));
    reader.showJourney(recipients[next]?.Address);
  }

  const isListShown = (): boolean => router.route.view !== 'config' && inbox.rows.length > 0;

  function goBack(): void {
    const { route } = router;
    if (marks.count > 0) {
      marks.clear();
      return;
    }
    if (route.view === 'config' && route.parameter !== undefined) {
      router.go({ ...route, parameter: undefined });
      return;
    }
    if (router.route.view !== 'inbox') reader.close();
    else if (router.route.query !== '') router.go({ view: 'inbox', query: '' });
  }

  return (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const element = target instanceof Element ? target : document.body;
    const withControl = event.ctrlKey || event.metaKey;
    const isOnList = element === document.body || element.closest('[role=listbox]') !== null;
    if (withControl && key.toLowerCase() === 'k' && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      actions.togglePalette();
      return;
    }
    if (isTyping(element) || document.querySelector('dialog[open]')) return;
    if (withControl) {
      if (key.toLowerCase() !== 'a' || !isOnList || !isListShown()) return;
      event.preventDefault();
      marks.markAll();
      return;
    }

    const pressed = prefix === '' ? key : `${prefix} ${key}`;
    prefix = '';
    const isAllowed = router.route.view !== 'config' || WITHOUT_LIST.has(pressed);
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    const act =
      (isOnList && event.shiftKey && step !== 0 ? () => extend(step) : undefined) ??
      (isOnList ? inList.get(key) : undefined) ??
      anywhere.get(key) ??
      (settings.singleKeys ? (app.tabKeys.get(pressed) ?? single.get(pressed)) : undefined);
    if (act && isAllowed) {
      event.preventDefault();
      act();
    } else if (pressed === 'g') prefix = 'g';
  };
}

function isRead(row: Row): boolean {
  return row?.Read ?? true;
}

function isTyping(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(element.type);
  return element.matches('textarea, select, [contenteditable]');
}
