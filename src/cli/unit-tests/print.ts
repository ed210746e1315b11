import { toJunit } from './formats/junit.ts';
import { toTap } from './formats/tap.ts';
import { toText, type TextOptions } from './formats/text.ts';
import type { FileResult } from './run-tests.ts';

/** How results may be written. */
export const FORMATS = ['text', 'tap', 'junit'] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Results in one of the formats. */
export function print(
  files: readonly FileResult[],
  { format, ...options }: TextOptions & { readonly format: Format },
): string {
  switch (format) {
    case 'text':
      return toText(files, options);
    case 'tap':
      return toTap(files);
    case 'junit':
      return toJunit(files);
  }
}
