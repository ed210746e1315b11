import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openAccept } from '../../../src/daemons/cleanup/accept.ts';
import { openLog, silentLog } from '../../../src/log.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { newMessage } from '../../support/store.ts';

test('a message that was accepted is in the store, under the ID that was answered', async () => {
  await using store = await openMemoryStore({ clock: systemClock });
  const accept = openAccept({ store, log: silentLog });

  const id = await accept(newMessage(store));

  expect((await store.get(id))?.envelope.reversePath).toBe('ada@example.com');
});

test('what the store refuses is logged with its cause, and refused', async () => {
  await using store = await openMemoryStore({ clock: systemClock });
  const lines: string[] = [];
  const log = openLog('error', { write: (line) => void lines.push(line) });
  const fault = new Error('disk on fire');
  const accept = openAccept({ store: { put: () => Promise.reject(fault) }, log });
  const message = newMessage(store);

  await expect(accept(message)).rejects.toBe(fault);

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    queueId: message.id,
    from: 'ada@example.com',
    nrcpt: 1,
    err: { message: 'disk on fire' },
  });
});
