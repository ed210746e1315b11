import { expect, test } from 'vitest';
import { toRfc3339 } from '../../src/message/mail-date.ts';

test.for([
  { date: 'Mon, 23 Nov 2026 10:00:00 +0100', rfc3339: '2026-11-23T10:00:00+01:00' },
  { date: '3 nov 2026 9:05 -0830', rfc3339: '2026-11-03T09:05:00-08:30' },
  { date: 'Mon, 23 Nov 2026 10:00:00 +0000 (UTC)', rfc3339: '2026-11-23T10:00:00Z' },
  { date: 'Mon, 23 Nov 2026 10:00:00 GMT', rfc3339: '2026-11-23T10:00:00Z' },
  { date: 'Mon, 23 Nov 2026 10:00:00 EST', rfc3339: '2026-11-23T10:00:00-05:00' },
  { date: 'Mon, 23 Nov 2026 10:00:00', rfc3339: '2026-11-23T10:00:00Z' },
  { date: '23 Nov 26 10:00:60 Z', rfc3339: '2026-11-23T10:00:59Z' },
  { date: '23 Nov 97 10:00:00 Z', rfc3339: '1997-11-23T10:00:00Z' },
  { date: '29 Feb 2024 10:00:00 Z', rfc3339: '2024-02-29T10:00:00Z' },
  { date: '29 Feb 2025 10:00:00 Z', rfc3339: '' },
  { date: '31 Nov 2026 10:00:00 Z', rfc3339: '' },
  { date: '23 Foo 2026 10:00:00 Z', rfc3339: '' },
  { date: '23 Nov 2026 24:00:00 Z', rfc3339: '' },
  { date: '23 Nov 2026 10:00:00 +0199', rfc3339: '' },
  { date: 'yesterday', rfc3339: '' },
  { date: '', rfc3339: '' },
  { date: '('.repeat(100_000), rfc3339: '' },
])('$date is $rfc3339', ({ date, rfc3339 }) => {
  expect(toRfc3339(date)).toBe(rfc3339);
});
