// Makes a case that differs as small as it can be while it differs.
import type { FuzzCase } from './make-case.ts';
import type { FuzzProbe, SmtpFuzzProbe } from './probes.ts';

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
  const keepIfDiffers = async (smaller: FuzzCase): Promise<void> => {
    if (left <= 0 || JSON.stringify(smaller) === JSON.stringify(best)) return;
    left -= 1;
    if (await differs(smaller)) best = smaller;
  };
  /** Leaves out halves, then quarters … then single items. */
  const shorten = async <T>({ read, replace }: Part<T>, min = 0): Promise<void> => {
    for (let size = Math.ceil(read(best).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < read(best).length;) {
        const before = best;
        const items = read(best);
        const fewer = [...items.slice(0, at), ...items.slice(at + size)];
        if (fewer.length >= min) await keepIfDiffers(replace(best, fewer));
        if (best === before) at += size;
      }
    }
  };
  await shorten(PROBES, 1);
  for (const index of best.probes.keys()) await shorten(addressesOf(index), 1);
  for (const path of Object.keys(best.files)) await keepIfDiffers(withoutFile(best, path));
  await shorten(MAIN_CF);
  for (const path of Object.keys(best.files)) await shorten(linesOf(path));
  for (let index = 0; index < best.mainCf.length; index += 1) await shorten(itemsOf(index), 1);
  for (const index of best.probes.keys()) await keepIfDiffers(replaceProbe(best, index, toPlain));
  for (const index of best.probes.keys()) {
    for (const member of EXTRAS) await keepIfDiffers(replaceProbe(best, index, (probe) => without(probe, member)));
    await shorten(headersOf(index));
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

/** What commas part in the value of a parameter; braces are left alone. */
function itemsOf(index: number): Part<string> {
  const split = (line = ''): readonly [string, readonly string[]] => {
    const [, name = line, value = ''] = /^([^=]* = )(.*)$/.exec(line) ?? [];
    return [name, value.includes('{') || value === '' ? [value] : value.split(/, */)];
  };
  return {
    read: ({ mainCf }) => split(mainCf[index])[1],
    replace: (one, items) => ({
      ...one,
      mainCf: one.mainCf.map((line, i) => (i === index ? `${split(line)[0]}${items.join(', ')}` : line)),
    }),
  };
}

function addressesOf(index: number): Part<string> {
  return {
    read: ({ probes }) => {
      const probe = probes[index];
      return (probe?.kind === 'smtp' ? probe.to : probe?.addrs) ?? [];
    },
    replace: (one, items) =>
      replaceProbe(one, index, (probe) =>
        probe.kind === 'smtp' ? { ...probe, to: items } : { ...probe, addrs: items },
      ),
  };
}

function headersOf(index: number): Part<readonly [string, string]> {
  const headers = (probe: FuzzProbe | undefined): SmtpFuzzProbe['headers'] =>
    probe?.kind === 'smtp' ? probe.headers : undefined;
  return {
    read: ({ probes }) => headers(probes[index]) ?? [],
    replace: (one, items) =>
      replaceProbe(one, index, (probe) => (headers(probe) === undefined ? probe : { ...probe, headers: items })),
  };
}

function replaceProbe(one: FuzzCase, index: number, change: (probe: FuzzProbe) => FuzzProbe): FuzzCase {
  return { ...one, probes: one.probes.map((probe, i) => (i === index ? change(probe) : probe)) };
}

const EXTRAS = [
  'client',
  'auth',
  'helo',
  'mail_args',
  'rcpt_args',
  'headers',
  'body',
  'want_full',
  'want_body',
  'sender',
];

/** An envelope, and nothing else. */
function toPlain(probe: FuzzProbe): FuzzProbe {
  return probe.kind === 'smtp' ? { kind: 'smtp', from: probe.from, to: probe.to } : probe;
}

function without(probe: FuzzProbe, member: string): FuzzProbe {
  return Object.fromEntries(Object.entries(probe).filter(([name]) => name !== member)) as unknown as FuzzProbe;
}

/** Without the parameters that name it, too. */
function withoutFile(one: FuzzCase, path: string): FuzzCase {
  const files = Object.fromEntries(Object.entries(one.files).filter(([other]) => other !== path));
  return { ...one, files, mainCf: one.mainCf.filter((line) => !line.includes(`:${path}`)) };
}
