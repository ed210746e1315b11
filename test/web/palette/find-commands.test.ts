import { expect, test } from 'vitest';
import { findCommands } from '../../../web/src/palette/find-commands.ts';

const commands = ['Theme', 'Go to the inbox', 'relay_domains', 'relayhost', 'Mark all as read'].map((text) => ({
  id: text,
  text,
  hint: '',
  run: () => {},
}));

test.for([
  { typed: 'relayh', found: ['relayhost'], why: 'a part is enough' },
  { typed: 'RELAY', found: ['relay_domains', 'relayhost'], why: 'in any case' },
  { typed: 'inbox go', found: ['Go to the inbox'], why: 'in any order' },
  { typed: 'the', found: ['Theme', 'Go to the inbox'], why: 'what begins so comes first' },
  { typed: 'a', found: ['relay_domains', 'relayhost', 'Mark all as read'], why: 'else in their order' },
  { typed: 'nowhere', found: [], why: 'there is none' },
])('"$typed" finds $found: $why', ({ typed, found }) => {
  expect(findCommands(commands, typed, 10).map(({ text }) => text)).toEqual(found);
});

test('no more than asked for are found', () => {
  expect(findCommands(commands, 'e', 2)).toHaveLength(2);
});
