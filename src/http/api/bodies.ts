import type { MessageRecord } from '../../store/store.ts';
import type { Ports } from './ports.ts';
import type { Bodies } from './wire.ts';

const NONE: Bodies = { text: '', html: '', standIn: '' };

/** The decoded bodies of a message; empty if it isn't parsed, or if they can't be decoded: the log says why. */
export async function getBodies(
  record: MessageRecord,
  { store, bodies, log }: Pick<Ports, 'store' | 'bodies' | 'log'>,
): Promise<Bodies> {
  if (record.parse.state !== 'parsed') return NONE;
  const raw = await store.readRaw(record.id);
  if (raw === undefined) return NONE;
  return await bodies(raw).catch((error: unknown) => {
    log.warn({ queueId: record.id, err: error }, 'the bodies of a message cannot be decoded');
    return NONE;
  });
}

/** Marks a message as read, unless it is. */
export async function markRead(record: MessageRecord, { store }: Ports): Promise<void> {
  if (!record.read) await store.setRead({ ids: [record.id] }, true);
}
