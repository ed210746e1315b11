import type { Part } from '../../../src/http/api/schemas/message.ts';

/** A node of the MIME tree and how deep it is. */
export interface PlacedPart {
  readonly part: Part;
  /** 0 for the root. */
  readonly depth: number;
}

/** The tree in the order of the message, parents before their children. */
export function listParts(root: Part): readonly PlacedPart[] {
  const placed: PlacedPart[] = [];
  // A mail can nest a thousand deep: no recursion.
  const left: PlacedPart[] = [{ part: root, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    placed.push(next);
    for (const child of next.part.Parts.toReversed()) left.push({ part: child, depth: next.depth + 1 });
  }
  return placed;
}

/** Images that the server serves by their own type; all else is a download. */
export function isShownImage(contentType: string): boolean {
  return /^image\/(?:png|jpeg|gif|webp|avif)$/.test(contentType);
}

/** Parts that are text to a developer. They are shown as their source, never opened as a page. */
export function isShownSource(contentType: string): boolean {
  return /^(?:text\/|message\/|application\/(?:json|xml|javascript|x-sh|ics)$|[^/]+\/[^/]+\+(?:xml|json)$)/.test(
    contentType,
  );
}

/** How many parts have no parts themselves. */
export function countLeaves(root: Part): number {
  return listParts(root).filter(({ part }) => part.Parts.length === 0).length;
}
