import { isUtf8 } from 'node:buffer';

/** Text from octets, one character each; undefined if they aren't UTF-8. */
export function decodeText(octets: string): string | undefined {
  if (!/[\x80-\xff]/.test(octets)) return octets;
  const buffer = Buffer.from(octets, 'latin1');
  return isUtf8(buffer) ? buffer.toString() : undefined;
}

/** As text, as far as it is; other octets as `\xFF`. */
export function toReadable(octets: string): string {
  return octets.replaceAll(
    /[\xc2-\xf4][\x80-\xbf]{1,3}|[\x80-\xff]/g,
    (some) => decodeText(some) ?? some.replaceAll(/[\x80-\xff]/g, toNumber),
  );
}

function toNumber(octet: string): string {
  return `\\x${octet.charCodeAt(0).toString(16).toUpperCase()}`;
}
