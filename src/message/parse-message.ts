import { groupAttachments } from './attachments.ts';
import { findCutText, readBodies, type ReadableBodies } from './bodies.ts';
import { findChecks } from './checks.ts';
import { parseHeaderFields } from './header-fields.ts';
import { readHtmlText } from './html-text.ts';
import { readListUnsubscribe } from './list-unsubscribe.ts';
import { findLostOctets } from './lost-octets.ts';
import { HEADER_TOO_LARGE, leavesOf, parseMimeTree } from './mime-tree.ts';
import { findOneTimeCodes } from './one-time-code.ts';
import type { ParseOutcome } from './parsed.ts';
import { toStandInText } from './stand-in-text.ts';
import { summarise } from './summary.ts';
import { findTextLinks } from './text-link.ts';
import { collapse, toSearchText, toSnippet } from './visible-text.ts';

const MAX_LINKS = 1_000;
/** So many characters are read for snippet, search, links and codes: eight times what search keeps. */
const MAX_READ = 2 * 1024 * 1024;

/** Parses a message for eyes. Never rejects: what can't be parsed is a failure with a plain reason. */
export async function parseMessage(raw: Uint8Array): Promise<ParseOutcome> {
  try {
    return await parse(raw);
  } catch (error) {
    return { failure: toReason(error) };
  }
}

/**
 * Text and HTML of a message.
 * @throws {Error} when it can't be parsed
 */
export async function parseBodies(raw: Uint8Array): Promise<ReadableBodies> {
  const bodies = await readBodies(raw, await parseMimeTree(raw, { sums: false }));
  return { ...bodies, standIn: bodies.text === '' ? toStandInText(bodies.html) : '' };
}

/** Why a message can't be parsed, in plain words. */
export function toReason(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  switch (reason) {
    case 'Max allowed child nodes exceeded':
      return 'it has more than 10,000 parts';
    case 'Max header size for a MIME node exceeded':
      return HEADER_TOO_LARGE;
    default:
      return reason === '' ? 'unknown error' : reason;
  }
}

async function parse(raw: Uint8Array): Promise<ParseOutcome> {
  const root = await parseMimeTree(raw, { sums: true });
  const { text, html } = await readBodies(raw, root);
  const seen =
    html === ''
      ? { text: text.slice(0, MAX_READ), links: [], imagesWithoutAlt: [] }
      : readHtmlText(html.slice(0, MAX_READ));
  const visible = collapse(seen.text);
  const leaves = [...leavesOf(root)];
  const { attachedCount, inline } = groupAttachments(root);
  const links = new Set(
    [...seen.links, ...findTextLinks(text.slice(0, MAX_READ), MAX_LINKS)].filter((link) => /^https?:\/\//i.test(link)),
  );
  const fields = parseHeaderFields(raw);
  const summary = summarise(raw, raw.byteLength);
  const listUnsubscribe = readListUnsubscribe(fields);
  return {
    parsed: {
      summary,
      snippet: toSnippet(visible),
      root,
      attachmentCount: attachedCount,
      inlineCount: inline.length,
      hasHtml: html !== '',
      hasText: text !== '',
      links: [...links].slice(0, MAX_LINKS),
      codes: findOneTimeCodes(visible),
      listUnsubscribe,
      findings: [...findLostOctets(root, raw), ...findCutText(root)],
      checks: findChecks({ raw, fields, summary, root, text, html, seen, listUnsubscribe }),
      fieldCount: fields.length,
    },
    searchText: toSearchText(visible, seen.links),
    fileNames: leaves.flatMap((part) => part.fileName ?? []),
  };
}
