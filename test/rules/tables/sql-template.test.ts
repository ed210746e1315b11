import { expect, test } from 'vitest';
import {
  expandQuery,
  expandResult,
  parseSqlTemplates,
  type SqlTemplates,
} from '../../../src/rules/tables/sql-template.ts';

function parse(query: string, resultFormat = '%s'): SqlTemplates {
  const templates = parseSqlTemplates(query, resultFormat);
  if ('invalid' in templates) throw new Error(`invalid ${templates.invalid}`);
  return templates;
}

const asIs = (part: string): string => part;

test.for([
  { query: '%s', key: 'a@b.c', expected: 'a@b.c', why: 'the whole key' },
  { query: '%u|%d', key: 'a@b.c', expected: 'a|b.c', why: 'local part and domain' },
  { query: '%S|%U|%D', key: 'a@b.c', expected: 'a@b.c|a|b.c', why: 'capitals mean the same in a query' },
  { query: '%u', key: 'alice', expected: 'alice', why: 'without @ all is the local part' },
  { query: '%u', key: '@b.c', expected: undefined, why: 'an empty local part is none' },
  { query: '%d', key: 'alice', expected: undefined, why: 'without @ there is no domain' },
  { query: '%d', key: 'a@', expected: undefined, why: 'an empty domain is none' },
  { query: '%s', key: '@b.c', expected: '@b.c', why: 'nobody asked for its parts' },
  { query: '%u|%d', key: 'a@b@c', expected: 'a@b|c', why: 'the last @ counts' },
  { query: '%1|%2|%3', key: 'u@mail.example.com', expected: 'com|example|mail', why: 'labels from the right' },
  { query: '%3', key: 'u@example.com', expected: undefined, why: 'too few labels' },
  { query: '%2', key: 'u@a..b', expected: 'a', why: 'empty labels don’t count' },
  { query: '100%%', key: 'x', expected: '100%', why: 'a percent sign' },
  { query: '%s', key: '', expected: undefined, why: 'an empty key asks nothing' },
  { query: '%s', key: '$&%s', expected: '$&%s', why: 'what was put in isn’t expanded again' },
])('the query $query for "$key" is $expected: $why', ({ query, key, expected }) => {
  expect(expandQuery(parse(query), key, asIs)).toBe(expected);
});

test.for([
  { format: 'smtp:[%s]', value: 'h.test', expected: 'smtp:[h.test]', why: 'text around' },
  { format: '%u at %d', value: 'x@y', expected: 'x at y', why: 'small letters take the result apart' },
  { format: '%S %U %D %1', value: 'v', expected: 'k@d.test k d.test test', why: 'capitals and digits take the key' },
  { format: '%d', value: 'x', expected: undefined, why: 'a result without a domain is skipped' },
  { format: '%u', value: '@y', expected: undefined, why: 'a result with an empty local part is skipped' },
  { format: '%s', value: '', expected: undefined, why: 'an empty result is skipped' },
])('the result format $format of "$value" is $expected: $why', ({ format, value, expected }) => {
  expect(expandResult(parse('%s', format), value, 'k@d.test')).toBe(expected);
});

test('a key without what the result format asks for isn’t queried', () => {
  expect(expandQuery(parse('%s', '%D'), 'alice', asIs)).toBeUndefined();
});

test.for([
  { query: '%x', format: '%s', invalid: 'query' },
  { query: 'ends in %', format: '%s', invalid: 'query' },
  { query: '%s', format: '%q', invalid: 'result' },
  { query: '%0', format: '%s', invalid: 'query' },
])('the templates "$query" and "$format": the $invalid is wrong', ({ query, format, invalid }) => {
  expect(parseSqlTemplates(query, format)).toEqual({ invalid });
});
