import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { DialogueLine, SessionStart } from '../../../src/store/session.ts';
import { put } from '../../support/store.ts';
import type { OpenStore } from '../contract.ts';

const START: SessionStart = {
  startedAtMs: 1000,
  client: { address: '127.0.0.1', port: 40000 },
  server: { address: '127.0.0.1', port: 1025 },
};
const line = (text: string): DialogueLine => ({ atMs: 1001, from: 'client', text });

/** Sessions and their dialogue. */
export function sessionsContract(open: OpenStore): void {
  test('a session is written down bit by bit', async () => {
    await using store = await open({ clock: systemClock });
    const id = store.newSessionId();
    const queueId = store.newQueueId();
    const notice = {
      queueId: store.newQueueId(),
      atMs: 2000,
      service: '25/inet',
      recipient: 'postmaster',
      classes: ['protocol'],
      peer: 'me[127.0.0.1]',
      startLine: 0,
      endLine: 3,
    } as const;
    store.journal({ id, start: START, lines: [line('EHLO me')], helo: 'me' });
    store.journal({ id, lines: [line('MAIL FROM:<>')], queueIds: [queueId], username: 'ada' });
    store.journal({
      id,
      lines: [line('QUIT')],
      tls: { protocol: 'TLSv1.3', cipher: 'x' },
      notices: [notice],
      endedAtMs: 2000,
    });
    expect(await store.session(id)).toEqual({
      ...START,
      id,
      inbox: '',
      lines: [line('EHLO me'), line('MAIL FROM:<>'), line('QUIT')],
      truncated: false,
      helo: 'me',
      username: 'ada',
      tls: { protocol: 'TLSv1.3', cipher: 'x' },
      queueIds: [queueId],
      notices: [notice],
      endedAtMs: 2000,
    });
  });

  test('lines given with a message are kept with it', async () => {
    await using store = await open({ clock: systemClock });
    const id = store.newSessionId();
    const session = { id, startLine: 0, endLine: 1 };
    const stored = await put(store, {
      session,
      sessionUpdate: { id, start: START, lines: [line('DATA')] },
      inbox: 'x',
    });
    expect(stored.session).toEqual(session);
    expect(await store.session(id)).toMatchObject({ lines: [line('DATA')], inbox: 'x' });
  });

  test('what comes after the end of a session is written down, too', async () => {
    await using store = await open({ clock: systemClock });
    const [id, other] = [store.newSessionId(), store.newSessionId()];
    store.journal({ id, start: START, lines: [line('QUIT')], endedAtMs: 2000 });
    store.journal({ id: other, start: START, lines: [line('EHLO other')] });
    for (const text of ['a', 'b']) store.journal({ id, lines: [line(text)] });
    await put(store, { session: { id, startLine: 0, endLine: 1 }, sessionUpdate: { id, lines: [line('c')] } });
    store.journal({ id: other, lines: [line('QUIT')], endedAtMs: 2000 });
    store.journal({ id, lines: [line('d')] });
    expect(await store.session(id)).toMatchObject({ lines: ['QUIT', 'a', 'b', 'c', 'd'].map(line), endedAtMs: 2000 });
    expect(await store.session(other)).toMatchObject({ lines: ['EHLO other', 'QUIT'].map(line) });
  });

  test('a session that is not there is answered by undefined', async () => {
    await using store = await open({ clock: systemClock });
    const id = store.newSessionId();
    store.journal({ id, lines: [line('never began')] });
    expect(await store.session(id)).toBeUndefined();
  });

  test('sessions are listed newest first, by inbox, and those without mail apart', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = [store.newSessionId(), store.newSessionId(), store.newSessionId()];
    store.journal({ id: a, start: START, inbox: 'x' });
    store.journal({ id: b, start: START });
    store.journal({ id: c, start: START });
    await put(store, { session: { id: b, startLine: 0, endLine: 0 } });
    const ids = async (options: { withoutMail?: boolean; inbox?: string; limit?: number }): Promise<unknown> =>
      (await store.sessions({ limit: 10, ...options })).map(({ id }) => id);
    expect(await ids({})).toEqual([c, b, a]);
    expect(await ids({ limit: 1 })).toEqual([c]);
    expect(await ids({ withoutMail: true })).toEqual([c, a]);
    expect(await ids({ inbox: 'x' })).toEqual([a]);
  });

  test('of a long dialogue the first 256 KB are kept, and one note says so', async () => {
    await using store = await open({ clock: systemClock });
    const id = store.newSessionId();
    const long = line('x'.repeat(100 * 1024));
    store.journal({ id, start: START, lines: [long, long] });
    store.journal({ id, lines: [long, line('lost')] });
    store.journal({ id, lines: [line('lost')] });
    store.journal({ id, lines: [line('lost')], username: 'ada', endedAtMs: 2000 });
    const session = await store.session(id);
    expect(session).toMatchObject({ truncated: true, username: 'ada', endedAtMs: 2000 });
    expect(session?.lines).toEqual([
      long,
      long,
      { atMs: 1001, from: 'note', text: '(the dialogue is longer than 256 KB: the rest was not kept)' },
    ]);
  });

  test('of sessions without mail the last thousand are kept', async () => {
    await using store = await open({ clock: systemClock });
    const first = store.newSessionId();
    store.journal({ id: first, start: START });
    for (let count = 0; count < 1000; count++) store.journal({ id: store.newSessionId(), start: START });
    expect(await store.sessions({ limit: 2000 })).toHaveLength(1000);
    expect(await store.session(first)).toBeUndefined();
  });
}
