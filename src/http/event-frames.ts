import type { Change } from '../store/changes.ts';
import { toConfigState } from './api/config-wire.ts';
import { toVerdictSummary } from './api/journey-wire.ts';
import { toSummary } from './api/wire.ts';
import type { LiveSettings } from '../settings/live-settings.ts';
import type { ChangeFrame, ConfigFrame, EventFrame } from './api/schemas/event.ts';

/** A change of more messages than this is told as `prune`: the client does better to load the list afresh. */
const MAX_FRAMES_A_CHANGE = 200;

/** What the feed says of a change: one frame, one for each message concerned, or none. */
export function toFrames(change: Change): readonly ChangeFrame[] {
  const Seq = change.seq;
  const prune: readonly ChangeFrame[] = [{ Type: 'prune', Data: null, Seq }];
  switch (change.type) {
    case 'new':
    case 'parsed':
      return [{ Type: change.type, Data: toSummary(change.message), Seq }];
    case 'update':
      if (change.ids === undefined || change.ids.length > MAX_FRAMES_A_CHANGE) return prune;
      return change.ids.map((ID) => ({
        Type: 'update',
        Data: {
          ID,
          ...(change.read !== undefined && { Read: change.read }),
          ...(change.tags !== undefined && { Tags: change.tags }),
        },
        Seq,
      }));
    case 'delete':
      if (change.ids.length > MAX_FRAMES_A_CHANGE) return prune;
      return change.ids.map((ID) => ({ Type: 'delete', Data: { ID }, Seq }));
    case 'prune':
      return prune;
    case 'truncate':
      return [{ Type: 'truncate', Data: null, Seq }];
    case 'verdict':
      return [{ Type: 'verdict', Data: { ID: change.id, Verdict: toVerdictSummary(change.verdict) }, Seq }];
  }
}

/** What the feed says when the configuration has been read again. */
export function toConfigFrame(settings: LiveSettings): ConfigFrame {
  return { Type: 'config', Data: toConfigState(settings) };
}

/** A frame's octets, made once for all clients. */
export function encodeFrame(frame: EventFrame): Buffer {
  return Buffer.from(JSON.stringify(frame));
}
