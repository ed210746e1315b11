import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import { findRecipient, isLikeOption } from '../trivial-rewrite/recipient.ts';
import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import type { RuleWorld } from '../world.ts';
import type { Evaluation } from './evaluation.ts';
import type { Reply } from './reply.ts';
import { asksForSmtputf8, type AccessCommand, type AccessState } from './state.ts';

/** What smtpd(8) says of a sender that is no address. */
const BAD_SENDER: Reply = { code: 501, enhanced: '5.1.7', text: 'Bad sender address syntax' };
/** What it says of a recipient that is none. */
const BAD_RECIPIENT: Reply = {
  code: 501,
  enhanced: '5.1.3',
  text: 'Bad recipient address syntax',
};

/**
 * What is said of the address of a command, if it has one that can't be one: if what is left when this machine's domains
 * are taken off doesn't end in a host name or an address literal. Beyond ASCII only if SMTPUTF8 was asked for.
 * @returns undefined if nothing is wrong with it
 * @see Postfix's smtpd_check_addr(3)
 */
export function findSyntaxFault(command: AccessCommand, state: AccessState, world: RuleWorld): Reply | undefined {
  if (hasValidAddress(command, { world, smtputf8: asksForSmtputf8(command, state) })) return undefined;
  return command.verb === 'MAIL' ? BAD_SENDER : BAD_RECIPIENT;
}

function hasValidAddress(command: AccessCommand, { world, smtputf8 }: Pick<Evaluation, 'world' | 'smtputf8'>): boolean {
  const address = toAddress(command);
  if (address === '') return true;
  const view = world.view('rewrite/unix');
  const rewritten = rewriteInternalAddress(address, 'local', view);
  try {
    const found = findRecipient(rewritten, { world, view, stage: 'resolve', steps: [] });
    return (
      found === undefined ||
      (!found.isBad && !isLikeOption(found.address, view) && (smtputf8 || !/[^\0-\x7f]/.test(found.domain)))
    );
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    // What can't be said is said by a restriction.
    return true;
  }
}

function toAddress(command: AccessCommand): Octets {
  switch (command.verb) {
    case 'MAIL':
      return command.sender;
    case 'RCPT':
    case 'VRFY':
      return command.recipient;
    default:
      return '';
  }
}
