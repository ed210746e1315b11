import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Octets in buffers that something still refers to: what only waits for the collector isn't counted. */
export function measureHeldBuffers(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
