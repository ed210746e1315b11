/** Lines of a source, from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `L120` or `L120-L130`, in either order. */
export function parseLineRange(anchor: string | undefined): LineRange | undefined {
  const { from, to } = /^L(?<from>\d{1,9})(?:-L?(?<to>\d{1,9}))?$/.exec(anchor ?? '')?.groups ?? {};
  if (from === undefined) return undefined;
  const [one, other] = [Math.max(1, Number(from)), Math.max(1, Number(to ?? from))];
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

/** Writes it: the other way round. */
export function formatLineRange({ first, last }: LineRange): string {
  return first === last ? `L${first}` : `L${first}-L${last}`;
}
