import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { LogLine } from '../journey.ts';
import type { RuleWorld } from '../world.ts';
import type { CleanupRequest, CleanupResult } from './cleanup-request.ts';
import type { EditScript } from './edit-script.ts';

/** Whose address a header's is: canonical(5) and masquerading have classes for either. */
export type HeaderRole = 'header_sender' | 'header_recipient';

/** A message's content, and what cleanup(8) knows of its envelope by then. */
export interface ContentRequest {
  readonly message: CleanupRequest;
  /** The sender as rewritten and mapped, in internal form. */
  readonly sender: Octets;
  /** The last recipient as rewritten and mapped, but not expanded, in internal form; undefined without recipients. */
  readonly lastRecipient: Octets | undefined;
  /**
   * Rewrites an address of a header: to standard form by the client's context, then by canonical maps, then
   * masquerading. In external form, and so is what comes out.
   * @throws {LookupError} if a table can't answer
   */
  mapAddress(address: Octets, role: HeaderRole): Octets;
}

/** What cleanup(8) made of the content. */
export interface CleanedContent {
  /** From the raw octets to the content as queued. */
  readonly edits: EditScript;
  readonly encoding: CleanupResult['encoding'];
  /** What becomes of the message, access rules' HOLD and DISCARD counted in. */
  readonly end: CleanupResult['end'];
  /** What a check's FILTER says: it replaces any other. */
  readonly filter: Octets | undefined;
  /** What a check's REDIRECT says: it replaces any other, and all recipients. */
  readonly redirect: Octets | undefined;
  /** What checks' BCC say, in their order; these come beside those of access rules. */
  readonly bcc: readonly Octets[];
  readonly steps: readonly TraceStep[];
  readonly log: readonly LogLine[];
}

/** Header and body: what is added, rewritten, checked. @see cleanup(8) */
export type CleanContent = (request: ContentRequest, world: RuleWorld) => CleanedContent;
