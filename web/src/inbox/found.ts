/** All that a search finds of what was kept up to a change: what came after it was looked at isn't meant. */
export interface Found {
  /** Empty: everything. */
  readonly query: string;
  /** A number of the feed. */
  readonly upTo: number;
}

/** The same as a search of the server's. */
export function toQuery({ query, upTo }: Found): string {
  return `${query} upto:${upTo}`.trim();
}
