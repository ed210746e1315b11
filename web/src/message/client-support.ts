import type { HTMLCheckResponse } from '../../../src/http/api/schemas/check.ts';

/** A feature that some mail programs lack. */
export interface SupportWarning {
  readonly slug: string;
  readonly title: string;
  /** At caniemail.com. */
  readonly url: string;
  /** How often the mail uses it. */
  readonly found: number;
  /** Families of programs that lack it in at least one of their kinds, each once: `Outlook`, `Gmail`. */
  readonly without: readonly string[];
  /** Those that have it in part, and none of which lacks it. */
  readonly partly: readonly string[];
}

/** What a check warns of, by family: three dozen programs in a row say nothing. The gravest first, as it answers. */
export function listWarnings({ Warnings }: Pick<HTMLCheckResponse, 'Warnings'>): readonly SupportWarning[] {
  return Warnings.map(({ Slug, Title, URL, Score, Results }) => {
    const familiesOf = (support: 'no' | 'partial'): ReadonlySet<string> =>
      new Set(Results.filter(({ Support }) => Support === support).map(({ Family }) => Family));
    const without = familiesOf('no');
    return {
      slug: Slug,
      title: Title,
      url: URL,
      found: Score.Found,
      without: [...without],
      partly: [...familiesOf('partial')].filter((family) => !without.has(family)),
    };
  });
}
