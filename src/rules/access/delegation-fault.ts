import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';
import type { DelegatedName } from './table-value.ts';

/** An action that an access table leaves to cleanup(8). */
export interface Delegation {
  readonly action: DelegatedName;
  /** What follows it. */
  readonly text: Octets;
  /** The table, as messages name it. */
  readonly table: Octets;
  /** What was looked up. */
  readonly key: Octets;
}

/** Where the table is asked. */
export interface DelegationPlace {
  readonly hasProxyFilter: boolean;
  /** How the log calls the command: `ETRN`, `END-OF-MESSAGE`. */
  readonly where: string;
  /** Whether the sender is known already, and with it that there is to be a message. */
  readonly hasMessage: boolean;
}

/** Why an action can't be handed on: smtpd(8) leaves it out. */
export interface DelegationFault {
  /** `argument`: what follows it is malformed; the others: it can't be had there. */
  readonly cause: 'proxy filter' | 'no message' | 'too early' | 'too late' | 'argument';
  /** In Postfix's words. */
  readonly line: Octets;
}

/** What keeps smtpd(8) from handing an action on. @see access(5), "OTHER ACTIONS" */
export function findDelegationFault(
  delegation: Delegation,
  { hasProxyFilter, where, hasMessage }: DelegationPlace,
): DelegationFault | undefined {
  const { action, table } = delegation;
  const toFault = (cause: DelegationFault['cause'], line: Octets): DelegationFault => {
    return { cause, line: `access table ${table}: ${line}` };
  };
  if (action !== 'PREPEND' && hasProxyFilter) {
    return toFault('proxy filter', `with smtpd_proxy_filter specified, action ${action} is unavailable`);
  }
  if (action !== 'PREPEND' && where === 'ETRN') {
    return toFault('no message', `action ${action} is unavailable in smtpd_etrn_restrictions`);
  }
  if (!hasMessage) {
    return toFault(
      'too early',
      `with smtpd_delay_reject=no, action ${action} is always skipped in Client host or Helo command restrictions`,
    );
  }
  if (action === 'PREPEND' && where === 'END-OF-MESSAGE') {
    return toFault('too late', 'action PREPEND must be used before smtpd_end_of_data_restrictions');
  }
  const line = findArgumentFault(delegation);
  return line === undefined ? undefined : { cause: 'argument', line };
}

function findArgumentFault({ action, table, key, text }: Delegation): Octets | undefined {
  const entry = `access table ${table} entry "${key}"`;
  switch (action) {
    case 'FILTER':
      if (text === '') return `${entry} has FILTER entry without value`;
      return text.includes(':') ? undefined : `${entry} requires transport:destination`;
    case 'REDIRECT':
    case 'BCC':
      return text.includes('@') ? undefined : `${entry} requires user@domain target`;
    case 'PREPEND':
      return measureHeaderName(text) > 0 ? undefined : `${entry} requires header: text`;
    case 'HOLD':
    case 'DISCARD':
      return undefined;
  }
}
