// Makes a case that differs as small as it can be while it differs.
import type { FuzzCase, FuzzProbe } from './make-case.ts';

/** Whether a case differs. */
export type Differs = (one: FuzzCase) => Promise<boolean>;

/** A list within a case: how it is read, and put back. */
interface Part<T> {
  readonly read: (one: FuzzCase) => readonly T[];
  readonly replace: (one: FuzzCase, items: readonly T[]) => FuzzCase;
}

/** @param options.tries how often at most `differs` is called */
export async function shrink(
  found: FuzzCase,
  differs: Differs,
  { tries }: { readonly tries: number },
): Promise<FuzzCase> {
  let best = found;
  let left = tries;
  const keepIfDiffers = async (smaller: FuzzCase): Promise<boolean> => {
    if (left <= 0) return false;
    left -= 1;
    const isKept = await differs(smaller);
    if (isKept) best = smaller;
    return isKept;
  };
  /** Leaves out halves, then quarters … then single items. */
  const shorten = async <T>({ read, replace }: Part<T>): Promise<void> => {
    for (let size = Math.ceil(read(best).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < read(best).length;) {
        const items = read(best);
        const fewer = [...items.slice(0, at), ...items.slice(at + size)];
        if (!(await keepIfDiffers(replace(best, fewer)))) at += size;
      }
    }
  };
  await shorten(PROBES);
  for (const path of Object.keys(best.files)) await keepIfDiffers(withoutFile(best, path));
  await shorten(MAIN_CF);
  for (const path of Object.keys(best.files)) await shorten(linesOf(path));
  for (const index of best.probes.keys()) {
    await shorten(recipientsOf(index));
    await keepIfDiffers(replaceProbe(best, index, toPlain));
  }
  return best;
}

const PROBES: Part<FuzzProbe> = {
  read: ({ probes }) => probes,
  replace: (one, probes) => ({ ...one, probes }),
};

const MAIN_CF: Part<string> = {
  read: ({ mainCf }) => mainCf,
  replace: (one, mainCf) => ({ ...one, mainCf }),
};

function linesOf(path: string): Part<string> {
  return {
    read: ({ files }) => files[path] ?? [],
    replace: (one, lines) => ({ ...one, files: { ...one.files, [path]: lines } }),
  };
}

function recipientsOf(index: number): Part<string> {
  return {
    read: ({ probes }) => probes[index]?.to ?? [],
    replace: (one, to) => replaceProbe(one, index, (probe) => ({ ...probe, to })),
  };
}

function replaceProbe(one: FuzzCase, index: number, change: (probe: FuzzProbe) => FuzzProbe): FuzzCase {
  return { ...one, probes: one.probes.map((probe, i) => (i === index ? change(probe) : probe)) };
}

/** Without a header of its own. */
function toPlain({ kind, from, to, client }: FuzzProbe): FuzzProbe {
  return { kind, from, to, ...(client && { client }) };
}

/** Without the parameter that names it, too. */
function withoutFile(one: FuzzCase, path: string): FuzzCase {
  const files = Object.fromEntries(Object.entries(one.files).filter(([other]) => other !== path));
  return { ...one, files, mainCf: one.mainCf.filter((line) => !line.endsWith(`:${path}`)) };
}
