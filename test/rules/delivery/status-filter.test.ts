import { expect, test } from 'vitest';
import { filterStatus } from '../../../src/rules/delivery/status-filter.ts';
import { LookupError, type LookupTable } from '../../../src/rules/tables/lookup-table.ts';
import { toMaps } from '../../../src/rules/tables/maps.ts';

const NO_USER = { status: 'bounced', dsn: '5.1.1', text: 'no user' } as const;
const SENT = { status: 'sent', dsn: '2.0.0', text: 'ok' } as const;

function toFilter(answers: Readonly<Record<string, string>>) {
  const lookup = (key: string) => {
    const value = answers[key];
    if (value === 'fail') throw new LookupError('x', 'broken');
    return value === undefined ? undefined : { key, value, source: { file: 'f' } };
  };
  const table: LookupTable = { name: 'x:f', kind: 'pattern', lookup };
  return toMaps('default_delivery_status_filter', [table]);
}

test.for([
  {
    from: NO_USER,
    filter: { '5.1.1 no user': '4.1.1 later' },
    to: { status: 'deferred', dsn: '4.1.1', text: 'later' },
  },
  { from: NO_USER, filter: { '5.1.1 no user': '5.2.2 full' }, to: { status: 'bounced', dsn: '5.2.2', text: 'full' } },
  { from: NO_USER, filter: { '5.1.1 no user': '2.0.0 fine' }, to: NO_USER },
  { from: NO_USER, filter: { '5.1.1 no user': 'no code' }, to: NO_USER },
  { from: NO_USER, filter: { '5.1.1 no user': 'fail' }, to: NO_USER },
  { from: SENT, filter: { '2.0.0 ok': '2.1.5 yes' }, to: { status: 'sent', dsn: '2.1.5', text: 'yes' } },
  { from: SENT, filter: { '2.0.0 ok': '5.0.0 no' }, to: SENT },
])('$from.dsn with $filter becomes $to.status $to.dsn', ({ from, filter, to }) => {
  expect(filterStatus(from, toFilter(filter as Readonly<Record<string, string>>))).toEqual(to);
});
