import type { Octets } from '../octets.ts';

/** What a parameter of one transport is called, after the transport's name, and whose value it has unless it is set. */
const QUEUE_MANAGER: Readonly<Record<string, string>> = {
  recipient_limit: 'default_recipient_limit',
  extra_recipient_limit: 'default_extra_recipient_limit',
  recipient_refill_limit: 'default_recipient_refill_limit',
  recipient_refill_delay: 'default_recipient_refill_delay',
  delivery_slot_cost: 'default_delivery_slot_cost',
  delivery_slot_loan: 'default_delivery_slot_loan',
  delivery_slot_discount: 'default_delivery_slot_discount',
  minimum_delivery_slots: 'default_minimum_delivery_slots',
  initial_destination_concurrency: 'initial_destination_concurrency',
  destination_concurrency_limit: 'default_destination_concurrency_limit',
  destination_recipient_limit: 'default_destination_recipient_limit',
  destination_concurrency_positive_feedback: 'default_destination_concurrency_positive_feedback',
  destination_concurrency_negative_feedback: 'default_destination_concurrency_negative_feedback',
  destination_concurrency_failed_cohort_limit: 'default_destination_concurrency_failed_cohort_limit',
  destination_rate_delay: 'default_destination_rate_delay',
  transport_rate_delay: 'default_transport_rate_delay',
};

const TIME_LIMIT: Readonly<Record<string, string>> = { time_limit: 'command_time_limit' };

const BY_PROGRAM = new Map([
  ...['local', 'error', 'virtual', 'smtp', 'lmtp'].map((program) => [program, QUEUE_MANAGER] as const),
  ['pipe', { ...TIME_LIMIT, ...QUEUE_MANAGER }] as const,
  ['spawn', TIME_LIMIT] as const,
]);

/** A parameter that a service of master.cf brings along. */
export interface TransportParameter {
  readonly name: Octets;
  /** The parameter whose value it has unless it is set, and whose type and range it has. */
  readonly from: string;
}

/**
 * The parameters that Postfix makes for a service: `smtp_destination_rate_delay` and its like.
 * @param service the service's name, the first field of master.cf
 * @param program the last field's first word: smtp, pipe, local …; others have none
 * @see postconf(5), transport_destination_rate_delay; postconf(1), "service-defined"
 */
export function listTransportParameters(service: Octets, program: Octets): readonly TransportParameter[] {
  const templates = BY_PROGRAM.get(program) ?? {};
  return Object.entries(templates).map(([suffix, from]) => ({ name: `${service}_${suffix}`, from }));
}
