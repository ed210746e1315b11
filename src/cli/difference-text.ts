import type { JourneyDifference, PlacedStep } from '../rules/journey-difference.ts';
import { formatEnd, formatStep, showAddress } from './journey-text.ts';

/**
 * What a change of configuration changes for a recipient, as lines of a patch: first where its mail ends, then which steps
 * led there.
 */
export function formatDifference(recipient: string, difference: JourneyDifference): string {
  const { isSame, kept, gone, come, stepsGone, stepsCome } = difference;
  if (isSame) {
    return [`${recipient}: the same by both`, ...kept.map((one) => `  ${formatEnd(one)}`), ''].join('\n');
  }
  const steps = [...formatSteps('-', stepsGone), ...formatSteps('+', stepsCome)];
  return [
    `${recipient}: goes elsewhere`,
    ...gone.map((one) => `- ${formatEnd(one)}`),
    ...come.map((one) => `+ ${formatEnd(one)}`),
    ...kept.map((one) => `  ${formatEnd(one)}`),
    ...(steps.length === 0 ? [] : ['', 'because of', ...steps]),
    '',
  ].join('\n');
}

/** Each address stands once, before its steps. */
function formatSteps(sign: '-' | '+', steps: readonly PlacedStep[]): readonly string[] {
  return steps.flatMap(({ address, step }, index) => {
    const isFirst = index === 0 || steps[index - 1]?.address !== address;
    const name = address === '' ? 'the message' : showAddress(address);
    return [...(isFirst ? [`${sign} ${name}`] : []), `${sign}   ${formatStep(step)}`];
  });
}
