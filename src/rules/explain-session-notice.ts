import { getDoubleBounceAddress } from './bounce/notices.ts';
import { writeSessionNotice, type SessionNotice } from './bounce/session-notice.ts';
import { applyEdits } from './cleanup/edit-script.ts';
import type { Journey } from './journey.ts';
import { openMailFlow } from './mail-flow.ts';
import { makeOwnReceived, toOwnRequest } from './own-message.ts';
import type { Agent } from './qmgr/agent.ts';
import { simulate } from './qmgr/simulate.ts';
import type { RuleWorld } from './world.ts';

/** What would become of a notice. */
export interface ExplainedNotice {
  readonly journey: Journey;
  /** As queued. */
  readonly content: Uint8Array;
}

/**
 * Where Postfix would take a notice, and what it would say. The one who is told of it is the postmaster, mostly: if the
 * notice bounces nobody is.
 * @throws {Unanswered} if a table has to ask outside
 */
export function explainSessionNotice(
  notice: SessionNotice,
  world: RuleWorld,
  agent: Agent = simulate,
): ExplainedNotice {
  const { queueId, nowMs, service, recipient } = notice;
  const view = world.view(service);
  const raw = Buffer.concat([makeOwnReceived(world, { queueId, nowMs }), writeSessionNotice(notice, view)]);
  const flow = openMailFlow({ world, agent, nowMs, queueId });
  const message = {
    origin: 'postmaster',
    sender: getDoubleBounceAddress(view),
    recipients: [{ address: recipient, original: '', orcpt: '', notify: [], parent: undefined }],
    smtputf8: false,
    filterClass: 'notify',
  } as const;
  const edits = flow.receive({
    request: toOwnRequest(message, world),
    raw,
    ret: undefined,
    envid: undefined,
    steps: [],
    isHypothetical: false,
  });
  return { journey: flow.journey(), content: applyEdits(raw, edits) };
}
