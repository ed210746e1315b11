import type { Query } from './query.ts';

/** Writes a query as a person would type it. */
export function describeQuery(query: Query): string {
  switch (query.kind) {
    case 'and':
      return query.terms.map(describeQuery).join(' ');
    case 'or':
      return query.terms.map(describeQuery).join(' or ');
    case 'not':
      return `-${describeQuery(query.term)}`;
    case 'text':
      return quote(query.text);
    case 'field':
      return `${query.field}:${quote(query.text)}`;
    case 'envelope':
      return `${query.side === 'to' ? 'rcpt' : 'env-from'}:${query.address === '' ? '<>' : quote(query.address)}`;
    case 'tag':
      return `tag:${quote(query.tag)}`;
    case 'verdict':
      return `verdict:${query.status}`;
    case 'via':
      return `via:${quote(query.name)}`;
    case 'rule':
      return `rule:${quote(query.text)}`;
    case 'read':
      return query.read ? 'is:read' : 'is:unread';
    case 'tagged':
      return 'is:tagged';
    case 'has':
      return `has:${query.what}`;
    case 'before':
    case 'after':
      return `${query.kind}:${new Date(query.timeMs).toISOString()}`;
    case 'larger':
    case 'smaller':
      return `${query.kind}:${query.sizeBytes}`;
    case 'upto':
      return `upto:${query.seq}`;
  }
}

function quote(text: string): string {
  return /[\s"]/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}
