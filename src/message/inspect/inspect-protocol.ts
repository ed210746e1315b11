import type { HtmlCheck } from './html-check.ts';

/** What the worker is asked: one thing at a time. */
export type InspectJob =
  | { readonly kind: 'thumbnail'; readonly octets: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'html'; readonly html: string };

/** What it answers; before the first, that it is loaded. */
export type InspectReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'thumbnail'; readonly jpeg: Uint8Array }
  | { readonly kind: 'html'; readonly check: HtmlCheck };
