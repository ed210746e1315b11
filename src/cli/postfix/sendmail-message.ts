import { encodeXtext } from '../../rules/address/xtext.ts';
import { quoteAddress } from '../../rules/address/quote.ts';
import type { Envelope } from '../../rules/envelope.ts';
import { fromOctets, toOctets, type Octets } from '../../rules/octets.ts';
import { extractRecipients, readAddresses, readInput, type InputOptions } from '../../rules/sendmail/read-input.ts';
import { toUsageError } from '../postfix-tool.ts';
import type { SendmailRequest } from './sendmail-options.ts';
import type { Submitter } from './submitter.ts';

/** What a message that sendmail(1) hands in is made of. */
export interface MessageSources {
  readonly request: SendmailRequest;
  readonly submitter: Submitter;
  readonly input: Omit<InputOptions, 'endsAtDot'> & {
    /** Standard input; empty with `-bv`, which doesn't read it. */
    readonly octets: Buffer;
    /** header_size_limit */
    readonly headerLimit: number;
  };
  /** Gets what follows `warning: `. */
  readonly warn: (text: string) => void;
}

/** A message that sendmail(1) hands in. */
export interface SendmailMessage {
  readonly envelope: Envelope;
  readonly raw: Uint8Array;
}

/**
 * Makes the message and its envelope as sendmail(1) does.
 * @throws {FatalError} in Postfix's words
 */
export function makeMessage({ request, submitter, input, warn }: MessageSources): SendmailMessage {
  const sender = findSender(request, submitter, warn);
  const about = `${fromOctets(sender)}(${submitter.uid})`;
  if (request.verp !== undefined && sender === '')
    throw toUsageError(`${about}: -V option requires non-null sender address`);
  const named = request.operands.flatMap((operand) => orNobody(readAddresses(toOctets(operand))));
  const raw =
    request.trace === 'verify'
      ? makeProbe(sender, request.operands)
      : readInput(input.octets, { ...input, endsAtDot: request.endsAtDot });
  const extracted = request.extractsRecipients ? extractRecipients(raw, input) : [];
  if (extracted === undefined) {
    throw toUsageError(`${about}: unable to extract recipients: message header length exceeds safety limit`);
  }
  const recipients = [...named, ...extracted];
  if (recipients.length === 0) {
    const why = request.extractsRecipients
      ? 'No recipient addresses found in message header'
      : 'Recipient addresses must be specified on the command line or via the -t option';
    throw toUsageError(`${about}: ${why}`);
  }
  return { envelope: toEnvelope({ sender, recipients }, request, submitter), raw };
}

/** In internal form. */
function findSender({ sender }: SendmailRequest, { user, uid }: Submitter, warn: MessageSources['warn']): Octets {
  if (sender === undefined) {
    if (user === '') throw toUsageError(`no login name found for user ID ${uid}`);
    return user;
  }
  const addresses = readAddresses(toOctets(sender));
  if (addresses.length > 1) warn(`-f option specified malformed sender: ${toOctets(sender)}`);
  return addresses[0] ?? '';
}

/** An operand in which there is no address still names somebody: whoever empty_address_recipient says. */
function orNobody(addresses: readonly Octets[]): readonly Octets[] {
  return addresses.length === 0 ? [''] : addresses;
}

/** What is sent to nobody, only to see where it would go. */
function makeProbe(sender: Octets, operands: readonly string[]): Buffer {
  const to = operands.map((operand) => `\t${toOctets(operand)}`).join(',\r\n');
  const from = sender === '' ? '' : `From: ${sender}\r\n`;
  return Buffer.from(`${from}Subject: probe\r\n${to === '' ? '' : `To:${to}\r\n`}`, 'latin1');
}

function toEnvelope(
  { sender, recipients }: { readonly sender: Octets; readonly recipients: readonly Octets[] },
  request: SendmailRequest,
  submitter: Submitter,
): Envelope {
  const { body, ret, envid, verp, notify, fullName, isGateway, trace } = request;
  return {
    reversePath: toPath(sender),
    recipients: recipients.map((address) => ({
      address: toPath(address),
      reply: '',
      ...(notify.length > 0 && { notify }),
    })),
    smtputf8: [sender, ...recipients].some((address) => /[\x80-\xff]/.test(address)),
    ...(body !== undefined && { body }),
    ...(ret !== undefined && { ret }),
    ...(envid !== undefined && { envid: encodeXtext(envid) }),
    ...(verp !== undefined && { verp }),
    submission: {
      uid: submitter.uid,
      user: fromOctets(submitter.user),
      fullName: fullName ?? fromOctets(submitter.fullName),
      ...(isGateway && { context: 'remote' }),
      ...(trace !== undefined && { trace }),
    },
  };
}

/** As SMTP has it between angle brackets. */
function toPath(address: Octets): string {
  return address === '' ? '' : fromOctets(quoteAddress(address));
}
