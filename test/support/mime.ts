/** A leaf of a multipart message. */
export interface MimeLeaf {
  readonly type: string;
  /** Header fields beside Content-Type and Content-Transfer-Encoding. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly content: string | Uint8Array;
}

/** The octets of a multipart message, every part in Base64. */
export function multipart(leaves: readonly MimeLeaf[], subtype = 'mixed'): Uint8Array {
  const parts = leaves.map(({ type, headers, content }) =>
    [
      '--b',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
      '',
      Buffer.from(content).toString('base64'),
      '',
    ].join('\r\n'),
  );
  const head = ['From: ada@example.com', 'Subject: parts', `Content-Type: multipart/${subtype}; boundary=b`, '', ''];
  return Buffer.from(`${head.join('\r\n')}${parts.join('')}--b--\r\n`);
}
