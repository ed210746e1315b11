import { quoteAddress } from '../address/quote.ts';
import type { MailboxHead } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';

/** What the headers before a delivered message are made of; addresses in internal form. */
export interface HeadSource {
  readonly sender: Octets;
  /** Empty if it isn't known. */
  readonly original: Octets;
  /** Undefined without Delivered-To. */
  readonly delivered: Octets | undefined;
}

/** The headers that are put before a message in a mailbox. @see Postfix's mail_copy(3) */
export function toMailboxHead({ sender, original, delivered }: HeadSource, view: View): MailboxHead {
  const head: (readonly [Octets, Octets])[] = [['Return-Path', `<${sender === '' ? '' : quoteAddress(sender)}>`]];
  if (original !== '' && view.isYes('enable_original_recipient')) head.push(['X-Original-To', quoteAddress(original)]);
  if (delivered !== undefined) head.push(['Delivered-To', quoteAddress(delivered)]);
  return head;
}
