import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryDirectory } from '../support/store-directory.ts';
import { storeContract, type OpenStore } from './contract.ts';

/** Opens a store in a directory of its own, which goes when the store is closed. */
const openInTemporaryDirectory: OpenStore = async ({ clock }) => {
  const directory = await temporaryDirectory();
  const store = await openSqliteStore({ directory: directory.path, clock });
  const close = store[Symbol.asyncDispose].bind(store);
  const dispose = async (): Promise<void> => {
    await close();
    await directory[Symbol.asyncDispose]();
  };
  return Object.assign<Store, AsyncDisposable>(store, { [Symbol.asyncDispose]: dispose });
};

storeContract('in SQLite', openInTemporaryDirectory);
