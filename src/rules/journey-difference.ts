import { compareDestinations, listDestinations, wayTo, type Destination } from './destinations.ts';
import type { Journey } from './journey.ts';
import type { Octets } from './octets.ts';
import { toStepKey, type TraceStep } from './trace.ts';

/** What differs between two journeys of one mail. */
export interface JourneyDifference {
  /** No destination differs. */
  readonly isSame: boolean;
  /** Destinations of both. */
  readonly kept: readonly Destination[];
  /** Only of the first, and of the second. */
  readonly gone: readonly Destination[];
  readonly come: readonly Destination[];
  /** What was found on the ways to those, and nowhere in the other journey. */
  readonly stepsGone: readonly PlacedStep[];
  readonly stepsCome: readonly PlacedStep[];
}

/** A step, and with which address it was taken; empty for the message as a whole. */
export interface PlacedStep {
  readonly address: Octets;
  readonly step: TraceStep;
}

/**
 * Compares what becomes of a mail by two configurations: where it ends, and, where that differs, which rules led there.
 * A rule that only stands elsewhere is the same.
 */
export function compareJourneys(before: Journey, after: Journey): JourneyDifference {
  const [first, second] = [listDestinations(before), listDestinations(after)];
  const { gone, come } = compareDestinations(first, second);
  const onlyBefore = new Set(gone);
  return {
    isSame: gone.length + come.length === 0,
    kept: first.filter((destination) => !onlyBefore.has(destination)),
    gone,
    come,
    stepsGone: withoutKnown(listSteps(gone, before), listSteps(second, after)),
    stepsCome: withoutKnown(listSteps(come, after), listSteps(first, before)),
  };
}

/** The steps that found something on the ways to some destinations, each address once. */
function listSteps(destinations: readonly Destination[], journey: Journey): readonly PlacedStep[] {
  const nodes = new Set(destinations.flatMap(({ node }) => wayTo(node, journey)));
  const ofNodes = [...nodes].flatMap(({ address, steps }) => steps.map((step) => ({ address, step })));
  // A look-up in main.cf names its parameter; a header that is added doesn't, and is in every message.
  const ofMessages = destinations.some(({ isWhole }) => isWhole)
    ? journey.messages.flatMap(({ steps }) => steps.map((step) => ({ address: '', step })))
    : [];
  return [...ofMessages.filter(({ step }) => step.parameter !== undefined), ...ofNodes].filter(
    ({ step }) => step.result !== null,
  );
}

/** Each once, though a recipient is routed when it is named and when it is delivered to. */
function withoutKnown(steps: readonly PlacedStep[], known: readonly PlacedStep[]): readonly PlacedStep[] {
  const keys = new Set(known.map(toKey));
  return steps.filter((step) => {
    const key = toKey(step);
    const isNew = !keys.has(key);
    keys.add(key);
    return isNew;
  });
}

function toKey({ address, step }: PlacedStep): string {
  return JSON.stringify([address, toStepKey(step)]);
}
