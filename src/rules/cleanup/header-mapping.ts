import { quoteAddress, unquoteAddress } from '../address/quote.ts';
import { openStringList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { openMemory, type Memory } from '../remember.ts';
import type { TraceStep } from '../trace.ts';
import { rewriteAddress } from '../trivial-rewrite/rewrite.ts';
import { listSteps, startWay } from './address-way.ts';
import type { ContentRequest, HeaderRole, MappingNotes } from './clean-content.ts';
import type { CleanupState } from './cleanup-state.ts';
import { mapStandardAddress } from './standard-address.ts';

/** How addresses of headers are rewritten and mapped. Misses leave no step: there may be many addresses. */
export function openHeaderMapping(state: CleanupState): ContentRequest['mapAddress'] {
  const { message, world, settings } = state;
  const view = world.view('rewrite/unix');
  return (address, role, notes) => {
    const external = rewriteAddress(address, message.context, view);
    if (settings.canonical[role].length === 0 && !settings.masqueraded.has(role)) return external;
    const known = message.overrides.has('no_address_mappings') ? undefined : findKnown(role, state);
    const before = known?.get(external);
    if (before !== undefined) {
      notes.steps.push(...before.steps);
      return before.address;
    }
    return map(external, role, { state, notes, known });
  };
}

/** What came of an address. */
interface Mapped {
  readonly address: Octets;
  readonly steps: readonly TraceStep[];
}

interface Mapping {
  readonly state: CleanupState;
  readonly notes: MappingNotes;
  readonly known: Memory<Mapped> | undefined;
}

function map(external: Octets, role: HeaderRole, { state, notes, known }: Mapping): Octets | undefined {
  const { log } = notes;
  const start = startWay(unquoteAddress(external));
  const headerState: CleanupState = { ...state, log, rejection: undefined };
  const logged = log.lines.length;
  const end = mapStandardAddress(start, role, headerState);
  const steps = listSteps(end).filter(({ result }) => result !== null);
  notes.steps.push(...steps);
  if (headerState.rejection !== undefined) return undefined;
  const address = end.address === start.address ? external : quoteAddress(end.address);
  if (log.lines.length === logged) known?.set(external, { address, steps });
  return address;
}

/** What is known for a role; undefined if a table that may be asked could answer otherwise the next time. */
function findKnown(role: HeaderRole, { view, world, settings }: CleanupState): Memory<Mapped> | undefined {
  const memory = view.once('addresses of headers', () => {
    const lists = ['mydestination', 'masquerade_exceptions'].map((name) => openStringList(name, view, world));
    const isListed = lists.every(({ items }) => items.every((item) => item.kind === 'pattern'));
    const toKnown = (of: HeaderRole): Memory<Mapped> | undefined => {
      const tables = settings.canonical[of].flatMap((maps) => maps.tables);
      return isListed && tables.every(({ isSnapshot }) => isSnapshot === true) ? openMemory() : undefined;
    };
    return { header_sender: toKnown('header_sender'), header_recipient: toKnown('header_recipient') };
  });
  return memory[role];
}
