import type { HtmlCheck, HtmlWarning } from '../../message/inspect/html-check.ts';
import type { HTMLCheckResponse, HTMLCheckWarning } from './schemas/check.ts';

/** An HTML check as Mailpit answers it: of all warnings the gravest, by how many of the elements it is about, counts. */
export function toHtmlCheck({ warnings, platforms, tests, nodes }: HtmlCheck): HTMLCheckResponse {
  const gravest = (percentOf: (warning: HtmlWarning) => number): number =>
    warnings.reduce((most, warning) => {
      const weighted = percentOf(warning) * Math.min(1, warning.found / Math.max(1, nodes));
      return Math.max(most, weighted);
    }, 0);
  const Unsupported = gravest(({ unsupportedPercent }) => unsupportedPercent);
  const Partial = Math.min(
    100 - Unsupported,
    gravest(({ partialPercent }) => partialPercent),
  );
  return {
    Warnings: warnings.map(toWarning),
    Platforms: Object.fromEntries(Object.entries(platforms).map(([platform, families]) => [platform, [...families]])),
    Total: { Tests: tests, Nodes: nodes, Supported: 100 - Partial - Unsupported, Partial, Unsupported },
  };
}

function toWarning(warning: HtmlWarning): HTMLCheckWarning {
  return {
    Slug: warning.slug,
    Title: warning.title,
    Description: toHtml(warning.description),
    URL: warning.url,
    Category: warning.category,
    Tags: [...warning.tags],
    Keywords: warning.keywords,
    Results: warning.results.map(({ name, platform, family, version, support, noteNumber }) => ({
      Name: name,
      Platform: platform,
      Family: family,
      Version: version,
      Support: support,
      NoteNumber: noteNumber,
    })),
    NotesByNumber: Object.fromEntries(Object.entries(warning.notes).map(([number, note]) => [number, toHtml(note)])),
    Score: {
      Found: warning.found,
      Supported: warning.supportedPercent,
      Partial: warning.partialPercent,
      Unsupported: warning.unsupportedPercent,
    },
  };
}

/** The little of Markdown that notes are written in: code and links. */
function toHtml(markdown: string): string {
  return markdown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/`([^`]*)`/g, '<code>$1</code>')
    .replace(/\[([^\]]*)\]\((https?:[^()\s]*)\)/g, '<a href="$2" target="_blank" rel="noreferrer noopener">$1</a>');
}
