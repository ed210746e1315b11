import type { AccessClient } from './access/client.ts';
import type { MailFacts } from './access/state.ts';
import { findRewriteContext } from './access/rewrite-context.ts';
import { parsePath, type PathOptions } from './address/path.ts';
import type { VerpDelimiters } from './address/verp.ts';
import type { AccessActions, CleanupRequest, IncomingRecipient } from './cleanup/cleanup-request.ts';
import type { MadeFault, RefusedRecipient } from './entrance.ts';
import type { ReceivedMessage } from './mail-flow.ts';
import { NOBODY, type ClientFacts } from './qmgr/queued-message.ts';
import { toOctets, type Octets } from './octets.ts';
import type { Submission } from './sendmail/submission.ts';
import type { TraceStep } from './trace.ts';
import type { RuleWorld, View } from './world.ts';
import type { MailProtocol } from './access/state.ts';

/** A mail as it comes in. Texts are octets; addresses in internal form. */
export interface Mail {
  readonly queueId: Octets;
  /** When it is decided, ms since 1970. */
  readonly nowMs: number;
  /** Empty for the null sender. */
  readonly sender: Octets;
  readonly recipients: readonly Pick<IncomingRecipient, 'address' | 'orcpt' | 'notify'>[];
  /** Those that were refused when the mail came, as far as they count. */
  readonly refused?: readonly RefusedRecipient[];
  /** What catch_chaos did as it came. */
  readonly faults?: readonly MadeFault[];
  /** The content as it came. */
  readonly raw: Uint8Array;
  /** @see Entrance */
  readonly isChunked?: true;
  /** The account that handed it in with sendmail(1): then access rules aren't asked, and there is no client. */
  readonly submitter?: CleanupRequest['submitter'];
  /** What it asked for. */
  readonly asked?: Pick<Submission, 'context' | 'trace'>;
  /** Who handed it in by SMTP. */
  readonly client: AccessClient;
  /** Empty: it didn't say. */
  readonly helo: Octets;
  readonly protocol: MailProtocol;
  /** SASL login, or empty. */
  readonly login: Octets;
  /** The mechanism by which it came: `PLAIN`. */
  readonly loginMethod?: Octets;
  readonly mailFacts?: MailFacts;
  /** The listener, as master.cf has it: `25/inet`. */
  readonly service: Octets;
  readonly body: '7BIT' | '8BITMIME' | undefined;
  readonly smtputf8: boolean;
  readonly ret: 'FULL' | 'HDRS' | undefined;
  /** xtext decoded. */
  readonly envid: Octets | undefined;
  /** The delimiters of XVERP. */
  readonly verp?: VerpDelimiters;
}

/**
 * An address as a client sends it, in internal form: without its quotes and its route.
 * @returns undefined if Postfix takes none such
 */
export function toInternalAddress(address: string, options: PathOptions): Octets | undefined {
  const path = parsePath({ text: `<${address}>`, unclosed: false }, options);
  return path && toOctets(path.mailbox);
}

/** What smtpd(8) says of the original recipient, if the client doesn't: the address as it was sent, route and all. */
export function toOrcpt(address: string): Octets {
  return `rfc822;${toOctets(address)}`;
}

/** What access rules let in of a mail. */
export interface Accepted {
  readonly recipients: readonly IncomingRecipient[];
  readonly actions: AccessActions;
  /** What was decided about the message as a whole. */
  readonly steps: readonly TraceStep[];
}

/** A mail as smtpd(8), or pickup(8), hands it on. */
export function toReceived(mail: Mail, { recipients, actions, steps }: Accepted, world: RuleWorld): ReceivedMessage {
  const { sender, raw, login, body, smtputf8, ret, envid, verp, submitter, asked } = mail;
  const service = submitter === undefined ? mail.service : 'pickup/unix';
  const view = world.view(service);
  const filter = actions.filter ?? view.get('content_filter');
  return {
    request: {
      origin: 'received',
      sender,
      recipients,
      client: submitter === undefined ? toClientFacts(mail) : NOBODY,
      login,
      ...(submitter === undefined && mail.client.isEncrypted && { isEncrypted: true }),
      ...(submitter === undefined && mail.client.tls && { tls: mail.client.tls }),
      context: submitter === undefined ? findRewriteContext(mail, { world, service }) : (asked?.context ?? 'local'),
      actions: { ...actions, filter: filter === '' ? undefined : filter },
      overrides: readReceiveOverrides(view),
      body,
      smtputf8,
      service,
      ...(mail.isChunked === true && { isChunked: true }),
      ...(submitter !== undefined && { submitter }),
    },
    raw,
    ret,
    envid,
    ...(asked?.trace !== undefined && { trace: asked.trace }),
    ...(verp !== undefined && { verp }),
    steps: mail.faults === undefined ? steps : [...mail.faults.map(toFaultStep), ...steps],
    isHypothetical: false,
  };
}

/** What was done on purpose is no decision of Postfix's. */
function toFaultStep({ at, recipient, rule, said }: MadeFault): TraceStep {
  return {
    stage: 'chaos',
    parameter: 'catch_chaos',
    key: recipient === undefined ? at : `${at} ${toOctets(recipient)}`,
    result: toOctets(said ?? 'late'),
    note: rule,
  };
}

function toClientFacts({ client, helo, protocol }: Mail): ClientFacts {
  const { name, reverseName, address, port } = client;
  return { name, reverseName, address, port, helo, protocol };
}

const OVERRIDES = [
  'no_address_mappings',
  'no_header_body_checks',
  'no_milters',
  'no_unknown_recipient_checks',
] as const;

/** @see postconf(5), receive_override_options */
function readReceiveOverrides(view: View): CleanupRequest['overrides'] {
  return view.once('receive-overrides', () => {
    const words = view.words('receive_override_options');
    return new Set(OVERRIDES.filter((override) => words.includes(override)));
  });
}
