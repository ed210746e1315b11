import type { AccessClient } from '../../rules/access/client.ts';
import { openHostList } from '../../rules/lists/parameter-lists.ts';
import type { Octets } from '../../rules/octets.ts';
import { splitItems } from '../../rules/tables/braces.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import { hasClientLimits, isExemptFromLimits } from './client-limits.ts';
import type { SessionRules } from './rules.ts';

/** What a client may do, and what it is offered, beside what holds for every client. */
export interface Allowance {
  readonly xclient: boolean;
  readonly xforward: boolean;
  readonly xverp: boolean;
  /** What it does is counted: limits hold for it. */
  readonly isCounted: boolean;
  /** AUTH isn't offered to it: smtpd_sasl_exceptions_networks. */
  readonly hidesAuth: boolean;
  /** smtpd_forbid_bare_newline doesn't hold for it. */
  readonly mayEndLinesBare: boolean;
  /** Keywords, in capitals, that EHLO leaves out; undefined if the table can't be asked. */
  readonly discarded: ReadonlySet<string> | undefined;
}

/** Of a client of whom nobody is asked. */
export const PLAIN_ALLOWANCE: Allowance = {
  xclient: false,
  xforward: false,
  xverp: false,
  isCounted: false,
  hidesAuth: false,
  mayEndLinesBare: false,
  discarded: new Set(),
};

const HOST_LISTS = {
  xclient: 'smtpd_authorized_xclient_hosts',
  xforward: 'smtpd_authorized_xforward_hosts',
  xverp: 'smtpd_authorized_verp_clients',
  hidesAuth: 'smtpd_sasl_exceptions_networks',
  mayEndLinesBare: 'smtpd_forbid_bare_newline_exclusions',
} as const;

const DISCARD_MAPS = 'smtpd_discard_ehlo_keyword_address_maps';

/** Finds out what holds for a client. Stays synchronous where no list and no table says anything of single clients. */
export function readAllowance(
  rules: SessionRules,
  client: AccessClient,
  signal: AbortSignal,
): Allowance | Promise<Allowance> {
  const { view } = rules;
  const plain = { ...PLAIN_ALLOWANCE, discarded: readDiscarded(view.get('smtpd_discard_ehlo_keywords')) };
  const isAsked = [...Object.values(HOST_LISTS), DISCARD_MAPS].some((name) => view.get(name) !== '');
  if (!isAsked && !hasClientLimits(view)) return plain;
  return rules.decide(() => askAllowance(rules, client), { signal }).then(({ value }) => value);
}

function askAllowance(rules: SessionRules, client: AccessClient): Allowance {
  const { world, view } = rules;
  const { name, address } = client;
  /** A list that can't be asked has nobody in it. */
  const has = (parameter: Octets): boolean =>
    orIfUnavailable(
      () => openHostList(parameter, view, world).has({ name, address }, { stage: 'smtpd', steps: [] }),
      false,
    );
  const xclient = has(HOST_LISTS.xclient);
  return {
    xclient,
    // Who may play others isn't counted, but those that it plays are.
    isCounted: hasClientLimits(view) && !xclient && !isExemptFromLimits(rules, client),
    xforward: has(HOST_LISTS.xforward),
    xverp: has(HOST_LISTS.xverp),
    hidesAuth: has(HOST_LISTS.hidesAuth),
    mayEndLinesBare: has(HOST_LISTS.mayEndLinesBare),
    discarded: orIfUnavailable(() => {
      const hit = view.maps(DISCARD_MAPS).find(address, { stage: 'smtpd', steps: [] });
      return readDiscarded(hit?.value ?? view.get('smtpd_discard_ehlo_keywords'));
    }, undefined),
  };
}

function readDiscarded(words: Octets): ReadonlySet<string> {
  return new Set(splitItems(words).map((word) => word.toUpperCase()));
}
