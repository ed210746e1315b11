// Does the last act of each delivery, and remembers it: the recorders of the private world answer as they do there.
// @see PFREC in oracle/pforacle.py
import type { Act } from '../../../src/rules/journey.ts';
import type { ActOutcome, ActRequest, Agent } from '../../../src/rules/qmgr/agent.ts';
import type { DoAct } from './mailbox.ts';

/** An act, and the message for which it was done. */
export interface RecordedAct {
  readonly act: Act;
  /** The message's number in its journey. */
  readonly number: number;
  /** The journey's node at which the recipient was. */
  readonly node: number;
  readonly queueId: string;
  /** As it was handed over: with CRLF. */
  readonly content: Uint8Array;
}

/** What a recorder was given. */
export interface Recorder {
  readonly service: string;
  readonly nexthop: string;
  readonly sender: string;
  readonly recipient: string;
}

/** An agent that remembers. */
export interface RecordingAgent extends Agent {
  /** What was done since the last time. */
  take(): readonly RecordedAct[];
}

const RECORDER = '/etc/pfrec';

/** What the recorders print, and how their exit status is understood: `$6` of the script is the recipient. */
const REFUSALS: readonly { readonly prefix: string; readonly outcome: ActOutcome }[] = [
  {
    prefix: 'tempfail',
    // The newline that ends the output is a blank in the log.
    outcome: { status: 'deferred', dsn: '4.3.0', text: 'recorder says try later ' },
  },
  { prefix: 'permfail', outcome: { status: 'bounced', dsn: '5.3.0', text: 'recorder says no ' } },
];

/** @param doAct what is done beside the recorders' work */
export function openRecordingAgent(doAct: DoAct): RecordingAgent {
  let acts: RecordedAct[] = [];
  return {
    perform(act, request) {
      acts.push(toRecord(act, request));
      const recorder = findRecorder(act);
      const refusal = REFUSALS.find(({ prefix }) => recorder?.recipient.startsWith(prefix));
      if (refusal !== undefined) return refusal.outcome;
      doAct(act, request.message.content());
      return request.success;
    },
    take() {
      const taken = acts;
      acts = [];
      return taken;
    },
  };
}

/** What a recorder was given; undefined if the act is not a recorder's. */
export function findRecorder(act: Act): Recorder | undefined {
  if (act.kind !== 'pipe' || act.argv[0] !== RECORDER) return undefined;
  const [, service = '', , nexthop = '', sender = '', , recipient = ''] = act.argv;
  return { service, nexthop, sender, recipient };
}

function toRecord(act: Act, { message, recipient }: ActRequest): RecordedAct {
  const { number, queueId } = message;
  return { act, number, node: recipient.node, queueId, content: message.content() };
}
