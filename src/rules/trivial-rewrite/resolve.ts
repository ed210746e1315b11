import { findAddress } from '../address/find-address.ts';
import type { AddressQuestion } from '../address/local-domain.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld, View } from '../world.ts';
import { classify, type AddressClass } from './address-class.ts';
import { findKnownResolutions } from './known-resolutions.ts';
import { findRecipient, isLikeOption, type RoutedRecipient } from './recipient.ts';
import { toResolveParameters, type ResolveParameters } from './resolve-parameters.ts';
import { applyTransportMap, splitDestination, type Destination } from './transport-map.ts';

/** Whose mail is to go where. */
export interface ResolveRequest {
  /** In internal form. */
  readonly address: Octets;
  /** In internal form; empty for the null sender. */
  readonly sender: Octets;
  /** Whether an address is only being verified: the address_verify_ parameters count. @default false */
  readonly isVerification?: boolean;
}

/** A way for mail. */
export interface Route extends Destination {
  /** In internal form; another than the one that was asked for if that had routing in it. */
  readonly recipient: Octets;
  readonly addressClass: AddressClass;
  /** Whether the local part asks the next machine for another way. */
  readonly isRouted: boolean;
}

/** Where mail goes. @see Postfix's resolve_clnt(3) */
export type Resolution =
  | (Route & { readonly kind: 'route' })
  /** The address begins with a hyphen, so that a command might take it for an option: mail doesn't go the route. */
  | (Route & { readonly kind: 'bad-address' })
  /** The address has no domain that could be one. */
  | {
      readonly kind: 'bad-address';
      readonly transport?: never;
      readonly addressClass: AddressClass;
      readonly isRouted: boolean;
    }
  /** A table has no answer: mail waits. Without a class if it was asked before the class was settled. */
  | { readonly kind: 'try-again'; readonly addressClass?: AddressClass; readonly isRouted: boolean };

/** A resolution, and how it came about. */
export interface TracedResolution {
  readonly resolution: Resolution;
  readonly steps: readonly TraceStep[];
  /** What trivial-rewrite(8) would log. */
  readonly warnings: readonly Octets[];
}

/**
 * Decides where mail for an address goes: by which transport, to which next hop, for whom.
 * @see trivial-rewrite(8), ADDRESS_CLASS_README, transport(5)
 */
export function resolveAddress(request: ResolveRequest, world: RuleWorld): TracedResolution {
  const view = world.view('rewrite/unix');
  const known = findKnownResolutions(request, view, world);
  const before = known?.memory.get(known.key);
  if (before !== undefined) return before;
  const resolved = resolve(request, view, world);
  known?.memory.set(known.key, resolved);
  return resolved;
}

function resolve(request: ResolveRequest, view: View, world: RuleWorld): TracedResolution {
  const steps: TraceStep[] = [];
  const warnings: Octets[] = [];
  const question: AddressQuestion = {
    world,
    view,
    stage: 'resolve',
    steps,
    warn: (text) => void warnings.push(text),
  };
  const resolution = new Resolver(request, question).resolve();
  steps.push(toLastStep(request.address, resolution));
  return { resolution, steps, warnings };
}

/** Ends a resolution: a parameter has no answer. */
class ResolveFault extends Error {
  override readonly name = 'ResolveFault';
  readonly code = 'RESOLVE_FAULT';
}

class Resolver {
  readonly #request: ResolveRequest;
  readonly #question: AddressQuestion;
  readonly #parameters: ResolveParameters;
  #addressClass: AddressClass | undefined;
  #isRouted = false;

  constructor(request: ResolveRequest, question: AddressQuestion) {
    this.#request = request;
    this.#question = question;
    this.#parameters = toResolveParameters(request.isVerification === true);
  }

  resolve(): Resolution {
    try {
      return this.#findRoute();
    } catch (error) {
      if (!(error instanceof LookupError) && !(error instanceof ResolveFault)) throw error;
      return {
        kind: 'try-again',
        ...(this.#addressClass && { addressClass: this.#addressClass }),
        isRouted: this.#isRouted,
      };
    }
  }

  #findRoute(): Resolution {
    const recipient = findRecipient(this.#request.address, this.#question);
    if (recipient === undefined) throw new ResolveFault();
    if (recipient.isBad) return { kind: 'bad-address', addressClass: 'default', isRouted: false };
    this.#isRouted = hasRouting(recipient);
    const addressClass = classify(recipient, this.#question);
    const destination = this.#relocate(recipient, this.#transport(recipient, addressClass));
    const { transport, nexthop } = destination;
    return {
      kind: isLikeOption(recipient.address, this.#question.view) ? 'bad-address' : 'route',
      transport,
      nexthop,
      recipient: recipient.address,
      addressClass,
      isRouted: this.#isRouted,
    };
  }

  #transport(recipient: RoutedRecipient, addressClass: AddressClass): Destination {
    const { view } = this.#question;
    if (addressClass === 'alias') {
      this.#addressClass = addressClass;
      const where = view.isYes('show_user_unknown_table_name') ? ' in virtual alias table' : '';
      return { transport: 'error', nexthop: `5.1.1 User unknown${where}` };
    }
    const before = this.#classTransport(recipient, addressClass);
    const parameter = this.#parameters.transport_maps;
    if (view.get(parameter) === '') return before;
    return this.#whileAsking(parameter, () =>
      applyTransportMap(recipient, view.maps(parameter), { before, question: this.#question }),
    );
  }

  /** Where mail goes by the class of its domain alone. */
  #classTransport({ domain }: RoutedRecipient, addressClass: Exclude<AddressClass, 'alias'>): Destination {
    const { view, steps, stage } = this.#question;
    const { parameter, value } = this.#classSetting(addressClass);
    this.#addressClass = addressClass;
    const isOffHost = addressClass === 'relay' || addressClass === 'default';
    const nexthop = isOffHost ? this.#relayHost(domain) : domain;
    const chosen = splitDestination(value);
    const { file, line } = view.placeOf(parameter);
    steps.push({ stage, parameter, result: value, file, line });
    if (chosen.transport === '') {
      const file = `file ${view.get('config_directory')}/main.cf`;
      this.#question.warn?.(`warning: ${file}: parameter ${parameter}: null transport is not allowed`);
      throw new ResolveFault();
    }
    return chosen.nexthop === '' ? { ...chosen, nexthop } : chosen;
  }

  #classSetting(addressClass: Exclude<AddressClass, 'alias'>): { readonly parameter: Octets; readonly value: Octets } {
    const parameters = this.#parameters;
    const { view } = this.#question;
    const read = (parameter: Octets) => ({ parameter, value: view.get(parameter) });
    switch (addressClass) {
      case 'local':
        return read(parameters.local_transport);
      case 'virtual':
        return read(parameters.virtual_transport);
      case 'relay':
        return read(parameters.relay_transport);
      case 'default': {
        const bySender = this.#findBySender(
          parameters.sender_dependent_default_transport_maps,
          'empty_address_default_transport_maps_lookup_key',
        );
        if (bySender === undefined || isDunno(bySender)) return read(parameters.default_transport);
        return { parameter: parameters.sender_dependent_default_transport_maps, value: bySender };
      }
    }
  }

  #relayHost(domain: Octets): Octets {
    const { view, steps, stage } = this.#question;
    const { relayhost, sender_dependent_relayhost_maps } = this.#parameters;
    const bySender = this.#findBySender(sender_dependent_relayhost_maps, 'empty_address_relayhost_maps_lookup_key');
    if (bySender !== undefined && !isDunno(bySender)) return bySender;
    const host = view.get(relayhost);
    if (host === '') return domain;
    const { file, line } = view.placeOf(relayhost);
    steps.push({ stage, parameter: relayhost, result: host, file, line });
    return host;
  }

  /** What a table has for the sender. */
  #findBySender(parameter: Octets, nullKey: Octets): Octets | undefined {
    const { view } = this.#question;
    if (view.get(parameter) === '') return undefined;
    const { sender } = this.#request;
    const key = sender === '' ? view.get(nullKey) : sender;
    return this.#whileAsking(parameter, () => findAddress(key, view.maps(parameter), this.#question)?.value);
  }

  /** Whoever has moved gets no mail, in whatever class. */
  #relocate({ address }: RoutedRecipient, destination: Destination): Destination {
    const { view } = this.#question;
    if (view.get('relocated_maps') === '') return destination;
    const hit = this.#whileAsking('relocated_maps', () =>
      findAddress(address, view.maps('relocated_maps'), { ...this.#question, stage: 'relocated' }),
    );
    return hit === undefined ? destination : { transport: 'error', nexthop: `5.1.6 User has moved to ${hit.value}` };
  }

  #whileAsking<T>(parameter: Octets, ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      if (error instanceof LookupError) this.#question.warn?.(`warning: ${parameter} lookup failure`);
      throw error;
    }
  }
}

function isDunno(value: Octets): boolean {
  return value.toUpperCase() === 'DUNNO';
}

/** Routing operators count here even if this machine doesn't follow them: the next one may. */
function hasRouting({ address, domain }: RoutedRecipient): boolean {
  const operator = address.search(/[@!%]/);
  return address.slice(operator + 1) !== domain;
}

function toLastStep(key: Octets, resolution: Resolution): TraceStep {
  const stage = 'resolve';
  switch (resolution.kind) {
    case 'route': {
      const { transport, nexthop, addressClass, recipient } = resolution;
      const note = `address class ${addressClass}`;
      return {
        stage,
        key,
        result: `${transport}:${nexthop}`,
        note: recipient === key ? note : `${note}, recipient ${recipient}`,
      };
    }
    case 'bad-address':
      return { stage, key, result: null, note: 'bad address syntax' };
    case 'try-again':
      return { stage, key, result: null, note: 'a table has no answer: mail waits' };
  }
}
