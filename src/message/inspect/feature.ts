import { toFeatureTest, type FeatureTest } from './feature-tests.ts';

/** What caniemail.com knows of a feature. */
export interface FeatureEntry {
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly url: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly keywords: string | null;
  /** By family, platform and version: `y`, `n`, `a #1`, `u`. */
  readonly stats: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly notes_by_num: Readonly<Record<string, string>> | null;
}

/** What caniemail.com knows. */
export interface FeatureData {
  readonly data: readonly FeatureEntry[];
  readonly nicenames: {
    readonly family: Readonly<Record<string, string>>;
    readonly platform: Readonly<Record<string, string>>;
  };
}

/** How a program shows a feature. */
export interface FeatureResult {
  readonly name: string;
  readonly platform: string;
  readonly family: string;
  readonly version: string;
  readonly support: 'yes' | 'no' | 'partial';
  /** Which of the notes is about it; empty for none. */
  readonly noteNumber: string;
}

/** A feature of HTML or CSS, with the programs that it was tried in. */
export interface Feature {
  readonly slug: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly url: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly keywords: string;
  readonly results: readonly FeatureResult[];
  /** Markdown. */
  readonly notes: Readonly<Record<string, string>>;
  readonly test: FeatureTest;
  readonly supportedPercent: number;
  readonly partialPercent: number;
  readonly unsupportedPercent: number;
}

/** A feature as it is looked for. @returns undefined for one whose use can't be told from the HTML */
export function toFeature(entry: FeatureEntry, names: FeatureData['nicenames']): Feature | undefined {
  const test = toFeatureTest(entry.slug, entry.title);
  const results = listResults(entry, names);
  if (test === undefined || results.length === 0) return undefined;
  const percent = (support: FeatureResult['support']): number =>
    (results.filter((result) => result.support === support).length / results.length) * 100;
  const { slug, title, description, url, category, tags, keywords, notes_by_num: notes } = entry;
  return {
    slug,
    title,
    description: description ?? '',
    url,
    category,
    tags,
    keywords: keywords ?? '',
    results,
    notes: notes ?? {},
    test,
    supportedPercent: percent('yes'),
    partialPercent: percent('partial'),
    unsupportedPercent: percent('no'),
  };
}

/** What nobody tried isn't counted. */
function listResults({ stats }: FeatureEntry, names: FeatureData['nicenames']): readonly FeatureResult[] {
  return Object.entries(stats).flatMap(([family, platforms]) =>
    Object.entries(platforms).flatMap(([platform, versions]) =>
      Object.entries(versions).flatMap(([version, told]): readonly FeatureResult[] => {
        if (told.startsWith('u')) return [];
        const name = `${names.family[family] ?? family} ${names.platform[platform] ?? platform} (${version})`;
        const support = told.startsWith('y') ? 'yes' : told.startsWith('n') ? 'no' : 'partial';
        return [
          { name, platform, family, version, support, noteNumber: /#(?<note>\d+)/.exec(told)?.groups?.['note'] ?? '' },
        ];
      }),
    ),
  );
}
