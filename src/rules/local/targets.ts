import { listAddresses } from '../address/address-list.ts';
import { toInternalText, type AddressToken } from '../address/address-tokens.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import { deliverToCommand } from './command.ts';
import { deliverToFile } from './file.ts';
import { deliverInclude } from './include.ts';
import { deliverOnward } from './onward.ts';
import { either, fail, note, warn, type Result, type Run, type Way } from './way.ts';

/** Where members of an expansion are written. */
export interface TargetSource {
  readonly stage: 'alias' | 'forward' | 'include';
  readonly table?: Octets;
  readonly file?: Octets;
  readonly line?: number | undefined;
}

/** What came of an expansion. */
export interface Delivered {
  readonly result: Result;
  /** How many members it has. */
  readonly count: number;
}

/** Delivers to each member of a list: addresses, files, commands, `:include:` files. @see Postfix's token(3) */
export function deliverTargets(run: Run, way: Way, text: Octets, source: TargetSource): Delivered {
  const members = listAddresses(text);
  let result: Result = 'done';
  for (const tokens of members) result = either(result, deliverTarget(run, way, tokens, source));
  return { result, count: members.length };
}

/**
 * Delivers to the members that a file lists, until something must be tried again. Lines that begin with `#` are comments;
 * what is beyond line_length_limit counts as a line of its own.
 */
export function deliverLines(run: Run, way: Way, text: Octets, source: TargetSource): Delivered {
  const limit = Math.max(run.view.integer('line_length_limit'), 2);
  let count = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (let start = 0; start === 0 || start < line.length; start += limit - 1) {
      const part = line.slice(start, start + limit - 1);
      if (part.startsWith('#')) continue;
      const delivered = deliverTargets(run, way, part, { ...source, line: index + 1 });
      count += delivered.count;
      if (delivered.result === 'later') return { result: 'later', count };
    }
  }
  return { result: 'done', count };
}

function deliverTarget(run: Run, parent: Way, tokens: readonly AddressToken[], source: TargetSource): Result {
  const target = toInternalText(tokens, false);
  const way = branch(run, parent, target, source);
  if (target.startsWith('/')) return deliverToFile(run, way, target);
  if (target.startsWith('~')) return deliverToHome(run, way, target);
  if (target.startsWith('|')) return deliverToCommand(run, way, target.slice(1), 'expansion');
  const include = /^:include:(.*)$/is.exec(target)?.[1];
  if (include !== undefined) return deliverInclude(run, way, include);
  return deliverOnward(run, way, target);
}

/** A node for a member; its recipient stays who it was until it is known to be another. */
function branch({ request, context }: Run, way: Way, address: Octets, source: TargetSource): Way {
  const node = context.trail.branch({ message: request.message.number, address, parent: way.recipient.node });
  const step: TraceStep = { result: address, ...source };
  context.trail.note(node, [step]);
  return { ...way, recipient: { ...way.recipient, node } };
}

/** `~/name`, in a .forward file. */
function deliverToHome(run: Run, way: Way, target: Octets): Result {
  const home = way.rights.account?.home;
  const refuse = (problem: Octets): Result => {
    warn(run, problem);
    note(run, way, { stage: 'local', note: problem });
    return fail(run, way, 'bounced', ['5.3.5', 'mail system configuration error']);
  };
  if (!target.startsWith('~/')) return refuse(`bad home directory syntax for: ${target}`);
  if (home === undefined) return refuse(`unknown home directory for: ${target}`);
  return deliverToFile(run, way, home === '/' ? target.slice(1) : home + target.slice(1));
}
