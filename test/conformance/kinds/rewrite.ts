// Kind `rewrite`: addresses in standard form. @see p_rewrite in oracle/pforacle.py
import { rewriteAddress } from '../../../src/rules/trivial-rewrite/rewrite.ts';
import type { Answer } from '../answer.ts';
import { fromRules, toRules, type Rewriter } from '../rewriter.ts';
import type { RewriteProbe } from '../vector.ts';

/** Asks for one address after the other. */
export function askRewrite({ addrs, rule = 'local' }: RewriteProbe, rewriter: Rewriter): Answer {
  if (rule !== 'local' && rule !== 'remote') throw new Error(`there is no rule "${rule}"`);
  const view = rewriter.world.view('rewrite/unix');
  const results = addrs.map((address) => {
    // Who asks is never given an empty address; the daemon wonders.
    if (address === '') rewriter.warn('warning: rewrite_addr: null address');
    return [address, fromRules(rewriteAddress(toRules(address), rule, view))] as const;
  });
  return { got: { results: Object.fromEntries(results) }, complaints: [] };
}
