import type { Verdict } from '../delivery.ts';
import type { QueueId } from '../queue-id.ts';
import { summariseJourney } from '../verdict-summary.ts';
import type { VerdictRequest } from './protocol.ts';
import { writeEditScript } from './rows.ts';

/** A verdict as it goes to the writer. A journey is a large tree: its text crosses threads faster than it does. */
export function toVerdictRequest(id: QueueId, { journey, queued, deliveries }: Verdict): VerdictRequest {
  return {
    id,
    settingsHash: journey.settingsHash,
    summary: JSON.stringify(summariseJourney(journey)),
    journey: JSON.stringify(journey),
    queued: writeEditScript(queued),
    deliveries,
  };
}
