import type { ConfigParameter, Place } from '../../../src/http/api/schemas/config.ts';

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
