import { checkDnsRecords } from './dns-records.ts';
import { checkAddressClasses } from './address-classes.ts';
import { checkAccessActions } from './access-actions.ts';
import { checkAddressValues } from './address-values.ts';
import { checkAliases } from './aliases.ts';
import type { Check } from './checks.ts';
import { checkBindAddresses } from './bind-address.ts';
import { checkBrokenTables } from './broken-tables.ts';
import { checkContentActions } from './content-actions.ts';
import { checkListWildcards } from './list-wildcards.ts';
import { checkListFileComments } from './match-list-comment.ts';
import { checkNetworks } from './networks.ts';
import { checkNextHops } from './next-hops.ts';
import { checkWhatIsNotHere } from './not-here.ts';
import { checkRelayControl } from './relay-control.ts';
import { checkRestrictions } from './restrictions.ts';
import { checkSasl } from './sasl.ts';
import { checkTableKeys } from './table-keys.ts';
import { checkTls } from './tls.ts';
import { checkTransports } from './transports.ts';
import { checkAddressLoops } from './address-loops.ts';

/** The checks that look at several things together. */
export const CROSS_CHECKS: readonly Check[] = [
  checkRelayControl,
  checkNetworks,
  checkRestrictions,
  checkAddressClasses,
  checkTransports,
  checkListWildcards,
  checkNextHops,
  checkBindAddresses,
  checkAliases,
  checkAddressLoops,
  checkAddressValues,
  checkContentActions,
  checkListFileComments,
  checkAccessActions,
  checkTableKeys,
  checkBrokenTables,
  checkTls,
  checkSasl,
  checkWhatIsNotHere,
  checkDnsRecords,
];
