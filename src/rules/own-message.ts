import { NO_ACTIONS } from './access/state.ts';
import type { CleanupRequest } from './cleanup/cleanup-request.ts';
import { formatMailDate } from './mail-date.ts';
import type { Octets } from './octets.ts';
import { NOBODY } from './qmgr/queued-message.ts';
import type { RuleWorld } from './world.ts';

/** A message that Postfix writes or hands on itself. */
export interface OwnMessage extends Pick<CleanupRequest, 'origin' | 'sender' | 'recipients' | 'smtputf8'> {
  /** Its word in internal_mail_filter_classes; what is forwarded has none. */
  readonly filterClass: 'bounce' | 'notify' | undefined;
  /** Of what is forwarded: who sent it. @default nobody */
  readonly client?: CleanupRequest['client'];
  readonly login?: Octets;
}

/** It goes through cleanup(8) as it is, but for the checks of headers and body that internal_mail_filter_classes asks for. */
export function toOwnRequest(
  { origin, sender, recipients, smtputf8, filterClass, client = NOBODY, login = '' }: OwnMessage,
  world: RuleWorld,
): Omit<CleanupRequest, 'number' | 'queueId' | 'nowMs' | 'raw'> {
  const checked = world.view('cleanup/unix').words('internal_mail_filter_classes');
  const isChecked = filterClass !== undefined && checked.includes(filterClass);
  return {
    origin,
    sender,
    recipients,
    client,
    login,
    context: 'local',
    actions: NO_ACTIONS,
    overrides: new Set(isChecked ? [] : ['no_header_body_checks', 'no_milters']),
    body: undefined,
    smtputf8,
    service: '',
  };
}

/** What stands before it, whoever writes it. @param nowMs ms since 1970 */
export function makeOwnReceived(
  world: RuleWorld,
  { queueId, nowMs }: { readonly queueId: Octets; readonly nowMs: number },
): Uint8Array {
  const view = world.view('cleanup/unix');
  const by = `${view.get('myhostname')} (${view.get('mail_name')})`;
  return Buffer.from(`Received: by ${by}\r\n\tid ${queueId}; ${formatMailDate(nowMs)}\r\n`, 'latin1');
}
