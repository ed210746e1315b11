/** Octets from `start` to `end`, exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The octets that a Range header asks for. One range is honoured; several, another unit, or a condition (If-Range)
 * mean the whole.
 * @param options.conditional there is an If-Range header
 * @param options.sizeBytes how much there is
 * @returns undefined for the whole
 * @see RFC 9110 §14.2
 */
export function parseRange(
  range: string | undefined,
  options: { readonly conditional: boolean; readonly sizeBytes: number },
): ByteRange | 'unsatisfiable' | undefined {
  const { conditional, sizeBytes } = options;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '') ?? [];
  if (conditional || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}
