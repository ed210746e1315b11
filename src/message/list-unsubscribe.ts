import type { HeaderField } from './header-fields.ts';
import type { ListUnsubscribe } from './parsed.ts';

/**
 * What a message says about unsubscribing, and why that can't be used.
 * @see RFC 2369 §3.2, RFC 8058 §3
 */
export function readListUnsubscribe(fields: readonly HeaderField[]): ListUnsubscribe {
  const valueOf = (name: string): string => fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
  const header = valueOf('list-unsubscribe');
  const headerPost = valueOf('list-unsubscribe-post');
  const links = [...header.matchAll(/<([^<>]{1,4096})>/g)].map(([, link = '']) => link.replace(/\s+/g, ''));
  return { header, links, errors: problems(header, headerPost, links).join('; '), headerPost };
}

function problems(header: string, headerPost: string, links: readonly string[]): readonly string[] {
  if (header === '') return headerPost === '' ? [] : ['List-Unsubscribe-Post without List-Unsubscribe'];
  const found: string[] = [];
  if (links.length === 0) found.push('List-Unsubscribe has no link in angle brackets');
  for (const link of links) {
    if (!/^(?:https?:\/\/[^/]|mailto:[^?]+@)/i.test(link)) found.push(`not an http, https or mailto link: ${link}`);
  }
  if (headerPost === '') return found;
  if (headerPost.replace(/\s+/g, '').toLowerCase() !== 'list-unsubscribe=one-click') {
    found.push('List-Unsubscribe-Post must be List-Unsubscribe=One-Click');
  }
  if (!links.some((link) => /^https:/i.test(link))) found.push('one-click needs an https link in List-Unsubscribe');
  return found;
}
