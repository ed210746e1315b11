import type { HTMLCheckResponse } from '../../../src/http/api/schemas/check.ts';

/** A feature that some mail programs lack. */
export interface SupportWarning {
  readonly slug: string;
  readonly title: string;
  /** At caniemail.com. */
  readonly url: string;
  /** How often the mail uses it. */
  readonly found: number;
  /** Programs that lack it on at least one platform, each once: `Outlook`, `Gmail`. */
  readonly without: readonly string[];
  /** Those that have it in part, and none of which lacks it. */
  readonly partly: readonly string[];
}

type Result = HTMLCheckResponse['Warnings'][number]['Results'][number];

/** What a check warns of, by program: three dozen versions in a row say nothing. The gravest first, as it answers. */
export function listWarnings({
  Warnings,
  Platforms,
}: Pick<HTMLCheckResponse, 'Warnings' | 'Platforms'>): readonly SupportWarning[] {
  const programs = new Map(Object.entries(Platforms));
  /** `Gmail Mobile Webmail (2021-12)` is Gmail. */
  const programOf = ({ Name, Platform, Family }: Result): string =>
    programs.get(Platform)?.find((program) => Name.startsWith(`${program} `)) ?? Family;

  return Warnings.map(({ Slug, Title, URL, Score, Results }) => {
    const programsWith = (support: 'no' | 'partial'): ReadonlySet<string> =>
      new Set(Results.filter(({ Support }) => Support === support).map(programOf));
    const without = programsWith('no');
    return {
      slug: Slug,
      title: Title,
      url: URL,
      found: Score.Found,
      without: [...without],
      partly: [...programsWith('partial')].filter((program) => !without.has(program)),
    };
  });
}
