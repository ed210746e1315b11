import { expect, test } from 'vitest';
import { parseDateText } from '../../src/store/date-text.ts';

test.for([
  { text: '2026-11-25', local: '2026-11-25T00:00:00Z' },
  { text: '2026.11.25', local: '2026-11-25T00:00:00Z' },
  { text: '2026-11', local: '2026-11-01T00:00:00Z' },
  { text: '2026', local: '2026-01-01T00:00:00Z' },
  { text: '20261125', local: '2026-11-25T00:00:00Z' },
  { text: '11/25/2026', local: '2026-11-25T00:00:00Z' },
  { text: '25 Nov 2026', local: '2026-11-25T00:00:00Z' },
  { text: '25-nov-2026', local: '2026-11-25T00:00:00Z' },
  { text: 'November 25th, 2026', local: '2026-11-25T00:00:00Z' },
  { text: 'Nov 25, 2026 2:05 PM', local: '2026-11-25T14:05:00Z' },
  { text: '2026-11-25 12:05 am', local: '2026-11-25T00:05:00Z' },
  { text: '2026-11-25T14:05:06.789', local: '2026-11-25T14:05:06.789Z' },
])('"$text" is $local in some zone', ({ text, local }) => {
  expect(parseDateText(text)).toEqual({ localMs: Date.parse(local) });
});

test.for([
  { text: 'Wed, 25 Nov 2026 14:05:06 +0100 (CET)', instant: '2026-11-25T13:05:06Z' },
  { text: 'Wed Nov 25 2026 14:05 GMT', instant: '2026-11-25T14:05:00Z' },
  { text: '2026-11-25T14:05:06Z', instant: '2026-11-25T14:05:06Z' },
  { text: '2026-11-25T14:05:06-05:30', instant: '2026-11-25T19:35:06Z' },
  { text: '1795615506', instant: '2026-11-25T14:05:06Z' },
  { text: '1795615506789', instant: '2026-11-25T14:05:06.789Z' },
])('"$text" is the instant $instant', ({ text, instant }) => {
  const date = parseDateText(text);
  expect((date?.localMs ?? 0) - (date?.offsetMs ?? NaN)).toBe(Date.parse(instant));
});

test.for([
  '',
  'soon',
  '2026-02-30',
  '30 Feb 2026',
  '25 Foo 2026',
  '2026-11-25 25:00',
  '13:00 PM',
  '2026-11-25 13:00 pm x',
  '9'.repeat(70),
])('"%s" is no date', (text) => {
  expect(parseDateText(text)).toBeUndefined();
});
