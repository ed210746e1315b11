import type { MasterEntry } from '../config/master-cf.ts';
import type { Octets } from '../octets.ts';

/** What a service of master.cf tells pipe(8). */
export interface PipeOptions {
  /** The letters of `flags=`. */
  readonly flags: ReadonlySet<string>;
  /** `user[:group]`. */
  readonly user: Octets;
  /** Empty: the queue directory. */
  readonly directory: Octets;
  /** What `$sender` is for the null sender. */
  readonly nullSender: Octets;
  /** The greatest size of a message in octets; 0 for no limit. */
  readonly sizeLimit: number;
  /** The command, `$name` not expanded. */
  readonly argv: readonly Octets[];
}

const ATTRIBUTE = /^(flags|user|directory|chroot|eol|null_sender|size|argv)=(.*)$/is;
const FLAGS = 'BDFOR.>hqu';

/**
 * Reads the arguments of a service.
 * @returns what pipe(8) ends with when it starts, `{ fatal }`, if they make no sense
 * @see pipe(8), "COMMAND ATTRIBUTE SYNTAX"
 */
export function readPipeOptions({ args }: MasterEntry): PipeOptions | { readonly fatal: Octets } {
  const words = withoutOverrides(args.map(({ text }) => text));
  const values = new Map<string, Octets>();
  const flags = new Set<string>();
  for (const [index, word] of words.entries()) {
    const [, name = '', value = ''] = ATTRIBUTE.exec(word) ?? [];
    const attribute = name.toLowerCase();
    if (attribute === '') return { fatal: `unknown attribute name: ${word}` };
    if (attribute === 'flags') {
      for (const flag of value) {
        if (!FLAGS.includes(flag)) return { fatal: `unknown flag: ${flag} (ignored)` };
        flags.add(flag);
      }
    }
    if (attribute !== 'argv') {
      values.set(attribute, value);
      continue;
    }
    const user = values.get('user') ?? '';
    if (user === '') return { fatal: 'missing user= command-line attribute' };
    return {
      flags,
      user,
      directory: values.get('directory') ?? '',
      nullSender: values.get('null_sender') ?? 'MAILER-DAEMON',
      sizeLimit: toSize(values.get('size') ?? ''),
      argv: [value, ...words.slice(index + 1)],
    };
  }
  return { fatal: `missing ${values.has('user') ? 'argv' : 'user'}= command-line attribute` };
}

/** The words behind `-o name=value` and other options of the program itself. */
function withoutOverrides(words: readonly Octets[]): readonly Octets[] {
  let index = 0;
  while (words[index]?.startsWith('-') === true) index += words[index] === '-o' ? 2 : 1;
  return words.slice(index);
}

/** `10240000`, `10k`, `10m`. @see Postfix's off_cvt(3) */
function toSize(text: Octets): number {
  return /^[0-9]+$/.test(text) ? Number(text) : 0;
}
