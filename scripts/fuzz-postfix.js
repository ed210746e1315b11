// Runs random cases through a real Postfix and through the product.
import { runBundled } from './bundled-conformance.js';

await runBundled('fuzz');
