import type { Octets } from '../octets.ts';
import { TableOpenError, type TableWorld } from './table-world.ts';

/** What finding out takes. */
export type NamingWorld = Pick<TableWorld, 'readFile' | 'valuesNameFiles'>;

/** How such a mistake is mended. */
export const FILES_HINT = 'name files that exist and can be read';

/** A value, or why there is none, in Postfix's words. */
export type NamedValue = { readonly value: Octets } | { readonly fault: Octets };

/**
 * What a right-hand side stands for: itself; or, where values name files, what is in them, joined by line ends, as
 * BASE64: whoever asks decodes it.
 * @param written `/etc/postfix/a.pem, /etc/postfix/b.pem`
 * @see postmap(1), "-F"; Postfix's dict_file(3)
 */
export function readNamedFiles(written: Octets, world: NamingWorld): NamedValue {
  if (world.valuesNameFiles !== true) return { value: written };
  const paths = written.split(/[, \t\r\n]+/).filter((path) => path !== '');
  // QUIRK: the quotes are Postfix's.
  if (paths.length === 0) return { fault: `empty pathname list: >>${written}<<'` };
  const contents: Octets[] = [];
  for (const path of paths) {
    const file = world.readFile(path);
    // A directory can be opened; only reading it fails.
    if ('fault' in file)
      return { fault: `${file.fault === 'Is a directory' ? 'read' : 'open'} ${path}: ${file.fault}` };
    contents.push(file.text);
  }
  return { value: Buffer.from(contents.join('\n'), 'latin1').toString('base64') };
}

/**
 * The same for a table that can't be opened without.
 * @throws {TableOpenError} if a file can't be read
 */
export function takeNamedFiles(written: Octets, world: NamingWorld): Octets {
  const named = readNamedFiles(written, world);
  if ('value' in named) return named.value;
  throw new TableOpenError(named.fault, { finding: 'table-value-file', hint: FILES_HINT });
}
