import { quoteAddress } from '../rules/address/quote.ts';
import type { JourneyDifference, PlacedStep } from '../rules/journey-difference.ts';
import { formatDestination, formatStep, show } from './journey-text.ts';

/**
 * What a change of configuration changes for a recipient, as lines of a patch: first where its mail ends, then which steps
 * led there.
 */
export function formatDifference(recipient: string, difference: JourneyDifference): string {
  const { kept, gone, come, stepsGone, stepsCome } = difference;
  if (gone.length + come.length === 0) {
    return [`${recipient}: the same by both`, ...kept.map((one) => `  ${formatDestination(one)}`), ''].join('\n');
  }
  const steps = [...formatSteps('-', stepsGone), ...formatSteps('+', stepsCome)];
  return [
    `${recipient}: goes elsewhere`,
    ...gone.map((one) => `- ${formatDestination(one)}`),
    ...come.map((one) => `+ ${formatDestination(one)}`),
    ...kept.map((one) => `  ${formatDestination(one)}`),
    ...(steps.length === 0 ? [] : ['', 'because of', ...steps]),
    '',
  ].join('\n');
}

/** Each address stands once, before its steps. */
function formatSteps(sign: '-' | '+', steps: readonly PlacedStep[]): readonly string[] {
  return steps.flatMap(({ address, step }, index) => {
    const isFirst = index === 0 || steps[index - 1]?.address !== address;
    const name = address === '' ? 'the message' : show(quoteAddress(address));
    return [...(isFirst ? [`${sign} ${name}`] : []), `${sign}   ${formatStep(step)}`];
  });
}
