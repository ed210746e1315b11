import type { Evaluation } from './evaluation.ts';
import { toHeloName } from './helo-name.ts';
import type { AccessCommand, AccessState, MailProtocol } from './state.ts';

/** What the checks of a command found out. */
export interface Found extends Pick<Evaluation, 'actions' | 'isSenderChecked' | 'isRecipientChecked'> {
  readonly isRefused: boolean;
}

/** The state after a command: what it sets counts unless it was refused. */
export function toNextState(
  command: AccessCommand,
  state: AccessState,
  { actions, isSenderChecked, isRecipientChecked, isRefused }: Found,
): AccessState {
  const { transaction } = state;
  switch (command.verb) {
    case 'HELO':
    case 'EHLO':
    case 'LHLO':
      if (isRefused) return state;
      return {
        ...state,
        helo: toHeloName(command.name),
        protocol: toProtocol(command.verb) ?? state.protocol,
        transaction: undefined,
      };
    case 'MAIL': {
      if (isRefused) return state;
      const { sender, smtputf8, declaredSizeBytes = 0, authSender = '' } = command;
      return {
        ...state,
        transaction: {
          sender,
          smtputf8,
          declaredSizeBytes,
          authSender,
          recipient: undefined,
          recipientCount: 0,
          actions,
          isSenderChecked,
          isRecipientChecked: false,
        },
      };
    }
    case 'RCPT': {
      if (transaction === undefined) return state;
      const isTaken = { isSenderChecked, isRecipientChecked, actions };
      if (isRefused) return { ...state, transaction: { ...transaction, ...isTaken } };
      const { recipient = command.recipient, recipientCount } = transaction;
      return {
        ...state,
        transaction: { ...transaction, ...isTaken, recipient, recipientCount: recipientCount + 1 },
      };
    }
    case 'DATA':
    case 'BDAT':
    case 'END-OF-DATA':
      return transaction === undefined ? state : { ...state, transaction: { ...transaction, actions } };
    case 'CONNECT':
    case 'VRFY':
    case 'ETRN':
      return state;
  }
}

/** What a greeting makes of the session; undefined: HELO leaves it as it is. */
function toProtocol(verb: 'HELO' | 'EHLO' | 'LHLO'): MailProtocol | undefined {
  if (verb === 'HELO') return undefined;
  return verb === 'EHLO' ? 'ESMTP' : 'LMTP';
}
