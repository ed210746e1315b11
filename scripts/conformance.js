// Runs the conformance vectors.
import { runBundled } from './bundled-conformance.js';

await runBundled('vectors');
