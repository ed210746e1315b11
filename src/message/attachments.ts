import { leavesOf } from './mime-tree.ts';
import type { MimePart } from './parsed.ts';

/** The parts of a message that are neither its text nor its HTML, as Mailpit groups them. */
export interface Attachments {
  /** Named parts that belong to what is shown: those that say so, then those that say nothing. */
  readonly inline: readonly MimePart[];
  /** Named parts to be saved. */
  readonly attached: readonly MimePart[];
  /** How many parts are to be saved, those included that have no name. */
  readonly attachedCount: number;
}

/**
 * Groups the leaves of a message. To be saved is what says so, what nobody can show (application/octet-stream), and what is
 * alone in a message and isn't text. Of the rest those are listed that have a name: a file's, or a Content-ID. Text that
 * says nothing is none of them, whatever its name: it is read as a body.
 */
export function groupAttachments(root: MimePart): Attachments {
  const leaves = [...leavesOf(root)].sort((a, b) => depthOf(a) - depthOf(b));
  const isAttached = (part: MimePart): boolean =>
    part.disposition === 'attachment' ||
    part.contentType === 'application/octet-stream' ||
    (part === root && part.disposition === undefined && !isBody(part));
  const attached = leaves.filter(isAttached);
  const rest = leaves.filter((part) => !isAttached(part));
  const inline = [
    ...rest.filter(({ disposition }) => disposition === 'inline'),
    ...rest.filter((part) => part.disposition === undefined && !isBody(part)),
  ];
  return { inline: inline.filter(isNamed), attached: attached.filter(isNamed), attachedCount: attached.length };
}

/** The leaves of a message that have a name: a file's, or a Content-ID. */
export function namedParts(root: MimePart): readonly MimePart[] {
  return [...leavesOf(root)].filter(isNamed);
}

function isNamed({ fileName, contentId }: MimePart): boolean {
  return (fileName ?? contentId ?? '') !== '';
}

function isBody({ contentType }: MimePart): boolean {
  return contentType === 'text/plain' || contentType === 'text/html';
}

/** Outer parts come before inner ones. */
function depthOf({ partId }: MimePart): number {
  return partId.split('.').length;
}
