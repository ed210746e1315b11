import { expect, test } from 'vitest';
import { listVerdictMarks, type RowVerdict } from '../../../web/src/inbox/verdict-marks.ts';

test.for<{ verdict: Pick<RowVerdict, 'Counts' | 'Ends'>; marks: readonly string[]; why: string }>([
  {
    verdict: { Counts: { bounced: 1, deferred: 2, held: 1, discarded: 1 } },
    marks: ['✕ lost bounced 1', '⧗ waits deferred 2', '‖ held held 1', '∅ quiet discarded 1'],
    why: 'one a kind, the weightiest first',
  },
  {
    verdict: {
      Counts: { sent: 6, rejected: 1 },
      Ends: [
        { Status: 'sent', Deed: 'mailbox', Count: 1 },
        { Status: 'rejected', Deed: 'none', Count: 1 },
        { Status: 'sent', Deed: 'relay', Count: 3 },
        { Status: 'sent', Deed: 'command', Count: 2 },
      ],
    },
    marks: ['⊘ lost rejected 1', '✓ good mailbox 1', '→ relay relay 3', '⚙ quiet command 2'],
    why: 'what is sent goes to a mailbox, another host or a command',
  },
  {
    verdict: { Counts: { sent: 2 }, Ends: [] },
    marks: ['✓ good sent 2'],
    why: 'of an older verdict that isn’t known',
  },
])('$marks: $why', ({ verdict, marks }) => {
  expect(
    listVerdictMarks({ First: null, ...verdict }).map(({ sign, hue, end, count }) => `${sign} ${hue} ${end} ${count}`),
  ).toEqual(marks);
});
