import { findAddress } from '../address/find-address.ts';
import type { Notify } from '../envelope.ts';
import type { NodeId, Trail } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { ExpansionReport } from '../qmgr/agent.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { Maps } from '../tables/maps.ts';
import type { TraceStep } from '../trace.ts';
import { openWayWriter, startWay, toPlace, type Stop, type WayWriter } from './address-way.ts';
import type { IncomingRecipient } from './cleanup-request.ts';
import { lookUp, type CleanupState } from './cleanup-state.ts';
import { openDuplicateFilter, type IsDuplicate } from './duplicate-filter.ts';
import { mapStandardAddress, rewriteEnvelopeAddress } from './standard-address.ts';
import { expandVirtualAliases } from './virtual-alias.ts';

/** The recipients of a message, as they come to the queue. */
export interface RecipientQueue {
  readonly recipients: readonly QueueRecipient[];
  readonly reports: readonly ExpansionReport[];
  /** The last one of the envelope, rewritten and mapped, but not expanded; undefined if there was none. */
  last(): Octets | undefined;
  /** Takes a recipient of the envelope, and whom recipient_bcc_maps has for it. @param step which rule added it */
  add(recipient: IncomingRecipient, step?: TraceStep): void;
  /** Takes a recipient that a rule adds. QUIRK: its address is taken as it is, quotes and all. @param step which rule */
  addBcc(address: Octets, step: TraceStep, parent?: NodeId): void;
}

/** Opens an empty queue. */
export function openRecipientQueue(state: CleanupState, trail: Trail): RecipientQueue {
  const { message, settings } = state;
  const recipients: QueueRecipient[] = [];
  const reports: ExpansionReport[] = [];
  const isDuplicate = openDuplicateFilter(settings);
  let last: Octets | undefined;
  const put = (stop: Stop, attributes: Attributes, writer: WayWriter): void => {
    const { entries, report } = expand(stop, attributes, { state, writer, isDuplicate });
    for (const entry of entries) recipients.push(entry);
    if (report !== undefined) reports.push(report);
  };
  const standardize = (address: Octets, steps: readonly TraceStep[]): Stop => {
    const start = startWay(address);
    start.steps.push(...steps);
    return mapStandardAddress(rewriteEnvelopeAddress(start, state), 'envelope_recipient', state);
  };

  const addBcc: RecipientQueue['addBcc'] = (address, step, parent) => {
    const stop = standardize(address, [step]);
    const writer = openWayWriter(trail, message.number, { parent, isEnvelope: false });
    put(stop, { original: stop.address, orcpt: '', notify: ['NEVER'] }, writer);
  };
  return {
    recipients,
    reports,
    last: () => last,
    add({ address, orcpt, notify, original, parent }, step) {
      const stop = standardize(address === '' ? settings.emptyRecipient : address, step === undefined ? [] : [step]);
      const writer = openWayWriter(trail, message.number, { parent, isEnvelope: true });
      const first = original || address;
      const attributes = { original: first, orcpt: orcpt || `rfc822;${first}`, notify };
      put(stop, attributes, writer);
      last = stop.address;
      const before = stop.steps.length;
      const bcc = findBcc(stop.address, settings.recipientBcc, stop.steps, state);
      const node = writer.write(stop);
      trail.note(node, stop.steps.slice(before));
      if (bcc !== undefined) addBcc(bcc.address, bcc.step, node);
    },
    addBcc,
  };
}

/** Whom a message is copied to, and the step that says so. */
export interface Bcc {
  readonly address: Octets;
  readonly step: TraceStep;
}

/**
 * Looks up who gets a copy of the mail of an address.
 * @see sender_bcc_maps(5), recipient_bcc_maps(5)
 */
export function findBcc(address: Octets, maps: Maps, steps: TraceStep[], state: CleanupState): Bcc | undefined {
  const { message, world, view, log } = state;
  if (address === '' || maps.tables.length === 0 || !addsCopies(message)) return undefined;
  const search = { world, view, stage: 'bcc', steps, warn: (line: Octets) => log.write(line) };
  const hit = lookUp(state, () => findAddress(address, maps, search), `${maps.parameter} map lookup problem`);
  if (hit === undefined) return undefined;
  const { parameter } = maps;
  const result = hit.value;
  return {
    address: result,
    step: { stage: 'bcc', parameter, table: hit.table.name, ...toPlace(hit.source), key: hit.key, result },
  };
}

/** Whether a message may get recipients that nobody named: one that Postfix makes itself doesn't. */
export function addsCopies({ origin, overrides }: CleanupState['message']): boolean {
  return origin === 'received' && !overrides.has('no_address_mappings');
}

type Attributes = Pick<QueueRecipient, 'original' | 'orcpt' | 'notify'>;

interface Expanding {
  readonly state: CleanupState;
  readonly writer: WayWriter;
  readonly isDuplicate: IsDuplicate;
}

/** Virtual aliases, and recipients that are there already. */
function expand(
  stop: Stop,
  attributes: Attributes,
  { state, writer, isDuplicate }: Expanding,
): { readonly entries: readonly QueueRecipient[]; readonly report: ExpansionReport | undefined } {
  const isMapped = !state.message.overrides.has('no_address_mappings');
  const ends = isMapped ? expandVirtualAliases(stop, state) : [stop];
  const isExpanded = ends.length > 1 || ends.some(({ address }) => address !== stop.address);
  const isReported = isExpanded && attributes.notify.includes('SUCCESS');
  const passed = isReported ? { ...attributes, notify: withoutSuccess(attributes.notify) } : attributes;
  const entries: QueueRecipient[] = [];
  for (const end of ends) {
    const { address } = end;
    if (isDuplicate({ address, ...passed })) {
      end.steps.push({ stage: 'cleanup', parameter: 'duplicate_filter_limit', note: 'is a recipient already' });
      writer.write(end);
    } else {
      entries.push({ address, node: writer.write(end), ...passed });
    }
  }
  if (!isReported) return { entries, report: undefined };
  const of = { address: stop.address, node: writer.write(stop), ...attributes };
  return { entries, report: { of, relay: 'none' } };
}

/** Its members can't succeed for an alias; if that alone was asked for, they are silent. @see RFC 3461 §5.2.7.3 */
function withoutSuccess(notify: readonly Notify[]): readonly Notify[] {
  const others = notify.filter((condition) => condition !== 'SUCCESS');
  return others.length > 0 ? others : ['NEVER'];
}
