import type { Act } from '../../src/rules/journey.ts';
import type { ActOutcome, ActRequest, Agent } from '../../src/rules/qmgr/agent.ts';

/** Something that was to be done. */
export interface Performed {
  readonly act: Act;
  readonly request: ActRequest;
}

/** An agent that remembers what it was to do, and does nothing. */
export interface RecordingAgent extends Agent {
  readonly performed: readonly Performed[];
}

/** @param answer what comes of an act; all goes well, unless it says otherwise */
export function openRecordingAgent(
  answer: (performed: Performed) => ActOutcome | undefined = () => undefined,
): RecordingAgent {
  const performed: Performed[] = [];
  return {
    performed,
    perform(act, request) {
      performed.push({ act, request });
      return answer({ act, request }) ?? request.success;
    },
  };
}
