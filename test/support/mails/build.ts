/** A header field, as on the wire: `Name: value`. */
export type Field = string;

/** A message or part: fields, an empty line, a body; CRLF line ends. Characters are octets (Latin-1). */
export function entity(fields: readonly Field[], body: string): string {
  return `${fields.map((field) => `${field}\r\n`).join('')}\r\n${body.replaceAll(/\r?\n/g, '\r\n')}`;
}

/** A multipart: `parts` are entities. */
export function multipart(subtype: string, parts: readonly string[], fields: readonly Field[] = []): string {
  // A boundary that no part within can have: it counts the octets.
  const boundary = `=_${subtype}_${parts.join('').length}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return entity(
    [...fields, `Content-Type: multipart/${subtype}; boundary="${boundary}"`],
    `${body}--${boundary}--\r\n`,
  );
}

/** A part in base64, in lines of 76. */
export function attachment(fields: readonly Field[], content: string): string {
  const encoded = Buffer.from(content, 'latin1').toString('base64').replaceAll(/.{76}/g, '$&\n');
  return entity([...fields, 'Content-Transfer-Encoding: base64'], encoded);
}

/** The octets of what the others build. */
export function octets(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}
