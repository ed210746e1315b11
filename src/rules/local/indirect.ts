import { note, type Result, type Run, type Way } from './way.ts';

/** Sends the mail on as a new message, together with others of the same sender. @see Postfix's indirect(3) */
export function deliverIndirectly(run: Run, way: Way): Result {
  const { recipient, sender, delivered = recipient.address } = way;
  if (run.seen(`indirect ${recipient.address}`)) {
    note(run, way, { stage: 'local', note: `${recipient.address} gets the message already` });
    return 'done';
  }
  note(run, way, { stage: 'local', note: `forwarded as a new message from <${sender}>` });
  run.forwards.add(delivered, sender, recipient);
  return 'done';
}
