import { expect, test } from 'vitest';
import { cleanMessage } from '../../support/cleanup.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const DOMAINS = 'myhostname = mail.example.com\nmydestination = example.com\n';
const MAIL = { to: ['bob@x.test'], content: 'From: old@x.test\nTo: other@x.test\n\n' };

test.for([
  { says: 'a text', canonical: 'inline:{old@x.test=new@x.test}' },
  { says: 'one whose answer is chosen', canonical: 'randmap:{new@x.test}' },
  { says: 'one without an answer', canonical: 'fail:down' },
  { says: 'one whose answer is warned of', canonical: 'inline:{{old@x.test = a@x.test, b@x.test}}' },
])('the second mail from an address is told of as the first was, with $says', async ({ canonical }) => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}canonical_classes = header_sender\ncanonical_maps = ${canonical}\n`,
  });
  const first = cleanMessage(opened.world, MAIL);
  const second = cleanMessage(opened.world, MAIL);

  expect(second).toEqual(first);
  expect(JSON.stringify([first.result.steps, first.result.log])).toContain('old@x.test');
});

test('what an address is mapped to as a sender says nothing of it as a recipient', async () => {
  await using opened = await openTestWorld({
    mainCf: `${DOMAINS}sender_canonical_maps = inline:{old@x.test=new@x.test}\n`,
  });
  const content = 'From: old@x.test\nTo: old@x.test\n\n';
  const mapped = [1, 2].map(() => cleanMessage(opened.world, { to: ['bob@x.test'], content }).result.steps);

  for (const steps of mapped) {
    const rewritten = steps.filter(({ note }) => note === 'addresses of a header rewritten');
    expect(rewritten.map(({ result }) => result)).toEqual(['From: new@x.test']);
  }
});
