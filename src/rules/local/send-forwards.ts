import type { NodeId } from '../journey.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import { foldKey, isUtf8 } from '../tables/fold-key.ts';
import type { Forward } from './forwards.ts';
import { finish, note, type Run, type Way } from './way.ts';

/**
 * Hands in the new messages that a recipient led to, until one of them isn't taken; none if something has to be tried
 * again: then it is all done again.
 * @param way the recipient's, as it was before anything was expanded
 * @see Postfix's forward(3)
 */
export function sendForwards(run: Run, way: Way, mustWait: boolean): void {
  const forwards = run.forwards.list();
  if (mustWait && forwards.length > 0) {
    note(run, way, { stage: 'local', note: 'nothing is forwarded before the rest is delivered' });
    return;
  }
  for (const forward of forwards) {
    const { number, queueId, refusal } = run.context.submit({
      origin: 'forward',
      of: run.request.message,
      sender: forward.sender,
      recipients: forward.recipients.map(toChildRecipient),
      content: () => toContent(run, forward),
    });
    if (refusal !== undefined) {
      // QUIRK: nobody is told that it waits, and nothing is logged of it.
      const text = `not forwarded: message ${number} is refused: ${refusal}`;
      finish(run, way, { status: 'deferred', dsn: '4.3.0', text, waitsIn: 'deferred' });
      return;
    }
    const ending = { status: 'sent', dsn: '2.0.0', text: `forwarded as ${queueId}`, forwardedAs: number } as const;
    // Expansions told of success already.
    finish(run, { ...way, recipient: withoutSuccess(way.recipient) }, ending);
  }
}

/** A recipient who isn't told of success. */
export function withoutSuccess(recipient: QueueRecipient): QueueRecipient {
  if (!recipient.notify.includes('SUCCESS')) return recipient;
  const rest = recipient.notify.filter((word) => word !== 'SUCCESS');
  return { ...recipient, notify: rest.length === 0 ? ['NEVER'] : rest };
}

function toChildRecipient({
  node,
  ...recipient
}: QueueRecipient): Omit<QueueRecipient, 'node'> & { readonly parent: NodeId } {
  return { parent: node, ...recipient };
}

function toContent({ request, settings }: Run, { delivered }: Forward): Uint8Array {
  const content = request.message.content();
  if (!settings.prepends.has('forward')) return content;
  // QUIRK: in lower case, and without the quotes that an address may need.
  const folded = foldKey(delivered, isUtf8(delivered));
  return Buffer.concat([Buffer.from(`Delivered-To: ${folded}\r\n`, 'latin1'), content]);
}
