import { expect, test } from 'vitest';
import { normaliseOutput, sortWarnings } from './normalise.ts';

test.for([
  { written: 'postfix/smtpd[123]: x', text: 'postfix/smtpd[PID]: x', why: 'a process ID after a name' },
  { written: 'x [123]: y', text: 'x [123]: y', why: 'no process ID without a name' },
  { written: 'the PID: 12', text: 'the PID: <PID>', why: 'a process ID that says so' },
  { written: 'queued as 4D2A1', text: 'queued as <QID>', why: 'a queue ID in a reply' },
  { written: 'YP_LAST_MODIFIED\t1790000000\n', text: 'YP_LAST_MODIFIED\t<TIME>\n', why: "a map's time" },
  { written: '<20261124182830.ABC@x>', text: '<<TIME>.ABC@x>', why: 'a Message-Id of ours' },
  {
    written: 'Fri, 1 Jan 1999 00:00:00 +0000 (UTC)',
    text: 'Fri, 1 Jan 1999 00:00:00 +0000 (UTC)',
    why: "a probe's date",
  },
  { written: 'Tue, 24 Nov 2026 18:28:30 +0000 (UTC)', text: '<DATE>', why: 'a date' },
  {
    written: 'Tue, 24 Nov 2026 18:28:30 +0000',
    text: 'Tue, 24 Nov 2026 18:28:30 +0000',
    why: 'no date without its zone',
  },
  { written: '4D2A1', text: '4D2A1', why: 'no queue ID of the case' },
])('$written becomes $text: $why', ({ written, text }) => {
  expect(normaliseOutput(written).text).toBe(text);
});

test('queue IDs are numbered as the case numbers them', () => {
  expect(normaliseOutput('AB12 CD34 AB12', ['AB12', 'CD34']).text).toBe('<Q1> <Q2> <Q1>');
});

test.for([
  'Tue Nov 24 18:28:30 2026',
  'Tue, 24 Nov 2026 18:28:30 +0000 (UTC)',
  '<20261124182830.',
  'YP_LAST_MODIFIED\t1795544910',
  'create_time=1795544910',
])('the time of %j is known', (written) => {
  expect(normaliseOutput(written).times).toEqual([{ written, at: Date.UTC(2026, 10, 24, 18, 28, 30) }]);
});

test('blocks of warnings of unused and undefined parameters are sorted, other lines stay where they are', () => {
  const [z, a, b] = ['z: unused parameter: z=1\n', 'a: undefined parameter: a\n', 'b: unused parameter: b=1\n'];
  expect(sortWarnings(`${z}${a}fatal: x\n${z}${b}`)).toBe(`${a}${z}fatal: x\n${b}${z}`);
});
