import type { Octets } from '../octets.ts';

const WITH_ARGUMENT = ['BCC', 'FILTER', 'PREPEND', 'REDIRECT', 'REPLACE'] as const;

type ActionWithArgument = (typeof WITH_ARGUMENT)[number];

/** What is wrong with what follows an action, and what to write instead. */
export interface ArgumentFault {
  readonly problem: string;
  readonly hint: string;
}

/** Whether an action of access tables or of header_checks is nothing without what follows it. */
export function needsArgument(action: string): action is ActionWithArgument {
  return WITH_ARGUMENT.some((known) => known === action);
}

/** Says what an action has in the place of what it needs. @param text what follows it */
export function describeArgumentFault(action: ActionWithArgument, text: Octets): ArgumentFault {
  switch (action) {
    case 'FILTER':
      if (text === '') {
        return { problem: 'FILTER has no transport:destination', hint: 'write FILTER smtp:[127.0.0.1]:10025' };
      }
      return {
        problem: `FILTER has ${text}, which is no transport:destination`,
        hint: `write FILTER ${text}: for the transport ${text}, or FILTER smtp:[${text}]`,
      };
    case 'REDIRECT':
    case 'BCC':
      return {
        problem: text === '' ? `${action} has no address` : `${action} has ${text}, which is no address with a domain`,
        hint: `write ${action} ${text === '' ? 'user' : text}@example.com`,
      };
    case 'PREPEND':
    case 'REPLACE':
      return {
        problem: text === '' ? `${action} has no header` : `${action} has ${text}, which is no header`,
        hint: `write ${action} with a name, a colon and a value: X-Spam: yes`,
      };
  }
}
