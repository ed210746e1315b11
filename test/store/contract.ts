import { describe } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { feedContract } from './contract/feed.ts';
import { messagesContract } from './contract/messages.ts';
import { queueContract } from './contract/queue.ts';
import { searchContract } from './contract/search.ts';
import { sessionsContract } from './contract/sessions.ts';

/** Opens an empty store for one test. */
export type OpenStore = (options: { readonly clock: Clock }) => Promise<Store>;

/** What every store does. Each implementation runs it: `storeContract('in memory', openMemoryStore)`. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`a store ${name}: messages`, () => messagesContract(open));
  describe(`a store ${name}: search`, () => searchContract(open));
  describe(`a store ${name}: feed`, () => feedContract(open));
  describe(`a store ${name}: queue`, () => queueContract(open));
  describe(`a store ${name}: sessions`, () => sessionsContract(open));
}
