/** The present time, to the minute: what "today" is. */
export interface Today {
  /** In ms since 1970. */
  readonly now: number;
}

/** Goes on by itself, as long as the page lives. */
export function createToday(): Today {
  let now = $state(Date.now());
  setInterval(() => (now = Date.now()), 60_000);
  return {
    get now() {
      return now;
    },
  };
}
