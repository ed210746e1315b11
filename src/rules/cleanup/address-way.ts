import type { SourceLocation } from '../config/config-error.ts';
import type { NodeId, Trail } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';

/** A place on an address's way through cleanup(8): what it was called there, and what was decided about it. */
export interface Stop {
  /** In internal form. */
  readonly address: Octets;
  readonly steps: TraceStep[];
  /** The stop before; undefined where the way begins. */
  readonly from: Stop | undefined;
}

/** Where a way begins. */
export function startWay(address: Octets): Stop {
  return { address, steps: [], from: undefined };
}

/** The next stop. @param step what led from the one before to it */
export function goOn(from: Stop, address: Octets, step: TraceStep): Stop {
  return { address, steps: [step], from };
}

/** A place as steps have it. */
export function toPlace({ file, line }: SourceLocation): Pick<TraceStep, 'file' | 'line'> {
  return { file, line };
}

/** All steps of a way, from its beginning. */
export function listSteps(stop: Stop): readonly TraceStep[] {
  const stops = listStops(stop);
  return stops.flatMap(({ steps }) => steps);
}

/** Writes ways into a trail: each stop becomes a node, below the one before. */
export interface WayWriter {
  /** @returns the stop's node; the steps that it has so far are written with it */
  write(stop: Stop): NodeId;
}

/** Where ways begin in a trail. */
export interface WayRoot {
  /** What the first stop hangs below. */
  readonly parent: NodeId | undefined;
  /** It is a recipient of the envelope: if the parent is its node in the same message, that is the first stop. */
  readonly isEnvelope: boolean;
}

/** Opens a trail for the ways of one recipient. */
export function openWayWriter(trail: Trail, message: number, { parent, isEnvelope }: WayRoot): WayWriter {
  const nodes = new Map<Stop, NodeId>();
  const isOwn = (address: Octets): boolean => {
    const node = parent === undefined ? undefined : trail.nodes()[parent];
    return isEnvelope && node?.message === message && node.address === address;
  };
  return {
    write(stop) {
      for (const one of listStops(stop)) {
        if (nodes.has(one)) continue;
        const above = one.from === undefined ? parent : nodes.get(one.from);
        const { address } = one;
        const hasNode = one.from === undefined && above !== undefined && isOwn(address);
        const node = hasNode
          ? above
          : trail.branch({ message, address, ...(above !== undefined && { parent: above }) });
        trail.note(node, one.steps);
        nodes.set(one, node);
      }
      return getNode(nodes, stop);
    },
  };
}

function getNode(nodes: ReadonlyMap<Stop, NodeId>, stop: Stop): NodeId {
  const node = nodes.get(stop);
  if (node === undefined) throw new RangeError(`no way leads to ${stop.address}`);
  return node;
}

function listStops(last: Stop): readonly Stop[] {
  const stops: Stop[] = [];
  for (let stop: Stop | undefined = last; stop !== undefined; stop = stop.from) stops.push(stop);
  return stops.reverse();
}
