import type { ConfigFinding, ConfigParameter, Place } from '../../../src/http/api/schemas/config.ts';

/** `main.cf:17`: a file of the configuration's directory goes by its own name, another by its path. */
export function formatPlace({ file, line }: Place, directory: string | undefined): string {
  const inside = directory === undefined ? '' : `${directory.replace(/\/+$/, '')}/`;
  const short = inside !== '' && file.startsWith(inside) ? file.slice(inside.length) : file;
  return line === undefined ? short : `${short}:${line}`;
}

/** Where a parameter's value comes from, in a word: `main.cf:12`, `--smtp-port`, `POSTFIXTURE_SMTP_PORT`. */
export function formatOrigin(
  { source, place, spelled }: ConfigParameter,
  words: { readonly directory: string | undefined; readonly usual: string },
): string {
  if (place) return formatPlace(place, words.directory);
  if (source === 'default') return words.usual;
  return spelled ?? source;
}

/** Finds the findings at a parameter's line: main.cf and the services of master.cf may all set the same one. */
export function createFindingsOf(
  findings: readonly ConfigFinding[],
): (parameter: ConfigParameter) => readonly ConfigFinding[] {
  const byName = new Map<string, readonly ConfigFinding[]>();
  for (const finding of findings) {
    if (finding.parameter === undefined) continue;
    byName.set(finding.parameter, [...(byName.get(finding.parameter) ?? []), finding]);
  }
  return ({ name, service, place: own, overridden }) => {
    const place = own ?? overridden?.place;
    const isThere = (at: Place): boolean =>
      at.file === place?.file && (service === undefined || at.line === undefined || at.line === place.line);
    return (byName.get(name) ?? []).filter((finding) => isThere(finding.place));
  };
}
