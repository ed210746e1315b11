/** Flags of ours that a tool takes before Postfix's: where the server is. */
export interface OwnOptions {
  /** `--url URL`: of the server's inbox. */
  readonly url: string | undefined;
  /** `--data DIR`: its data directory. */
  readonly data: string | undefined;
}

const FLAG = /^--(?<name>url|data)(?:=(?<value>.*))?$/s;

/**
 * Takes our own flags off the beginning of a tool's command line. Postfix's tools have no long ones, so that nothing that
 * means something to them is taken.
 */
export function readOwnOptions(given: readonly string[]): OwnOptions & { readonly argv: readonly string[] } {
  const own: Record<string, string | undefined> = {};
  let at = 0;
  for (;;) {
    const { name, value } = FLAG.exec(given[at] ?? '')?.groups ?? {};
    if (name === undefined || (value === undefined && given[at + 1] === undefined)) break;
    own[name] = value ?? given[at + 1];
    at += value === undefined ? 2 : 1;
  }
  return { url: own['url'], data: own['data'], argv: given.slice(at) };
}
