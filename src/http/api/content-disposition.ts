/**
 * Content-Disposition with a hostile file name made harmless: no path, no control character, no quote;
 * in ASCII for old clients, and as it is for others.
 * @see RFC 6266 §4.3, RFC 8187
 */
export function toDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const name = toPlainName(fileName);
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${percentEncode(name)}`;
}

/** The last component of a path, without what can't be seen, turns text around, or is no character (a lone surrogate). */
function toPlainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}:*?"<>|]/gu, '').trim();
  const name = Array.from(visible.replace(/^\.+/, '')).slice(0, 200).join('');
  return name === '' ? 'attachment' : name;
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
