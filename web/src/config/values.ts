import type { ConfigParameter, ConfigReference, Configuration } from '../../../src/http/api/schemas/config.ts';

/** A piece of a value as it was written: text, or a `$name` that stands for another parameter. */
export type ValuePiece =
  { readonly text: string; readonly name?: undefined } | { readonly text: string; readonly name: string };

const REFERENCE = /\$\$|\$(?:(?<bare>\w+)|\{(?<braced>\w+)\}|\((?<inParentheses>\w+)\))/g;

/** Takes a value apart at `$name`, `${name}` and `$(name)`; conditions and `$$` are text. */
export function splitValue(written: string): readonly ValuePiece[] {
  const pieces: ValuePiece[] = [];
  let end = 0;
  for (const match of written.matchAll(REFERENCE)) {
    const { bare, braced, inParentheses } = match.groups ?? {};
    const name = bare ?? braced ?? inParentheses;
    if (name === undefined) continue;
    if (match.index > end) pieces.push({ text: written.slice(end, match.index) });
    pieces.push({ text: match[0], name });
    end = match.index + match[0].length;
  }
  if (end < written.length) pieces.push({ text: written.slice(end) });
  return pieces;
}

/** Finds what a `$name` stands for. @param service whose own values go before those of main.cf */
export type FindReference = (name: string, service: string | undefined) => ConfigReference | undefined;

/** Looks in a configuration. */
export function createFinder({ parameters, references }: Configuration): FindReference {
  const known = new Map<string, ConfigReference>(references.map((one) => [one.name, one]));
  for (const one of parameters) known.set(toKey(one.name, one.service), one);
  return (name, service) => known.get(toKey(name, service)) ?? known.get(name);
}

function toKey(name: string, service: string | undefined): string {
  return service === undefined ? name : `${name} ${service}`;
}

/** The parameters that have `text` in their name, value, or the place that sets them. */
export function filterParameters(parameters: readonly ConfigParameter[], text: string): readonly ConfigParameter[] {
  const words = text.toLowerCase().split(/\s+/);
  return parameters.filter((one) => {
    const { name, service = '', written, effective = '', spelled = '', source, place } = one;
    const line = place?.line === undefined ? '' : `${place.file}:${place.line}`;
    const whole = [name, service, written, effective, spelled, source, line].join('\n').toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
