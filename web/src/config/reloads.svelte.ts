/** How often the server has read its configuration again while this page was open. */
export interface Reloads {
  readonly count: number;
  notice(): void;
}

/** Counts from 0. */
export function createReloads(): Reloads {
  let count = $state(0);
  return {
    get count() {
      return count;
    },
    notice: () => void (count += 1),
  };
}
