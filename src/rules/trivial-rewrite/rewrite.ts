import { scanAddress, toInternalText, type AddressToken } from '../address/address-tokens.ts';
import { quoteAddress, unquoteAddress } from '../address/quote.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';

/**
 * Which rules complete an address. `local`: those of envelopes and of mail from local_header_rewrite_clients, with
 * myorigin and mydomain. `remote`: those of headers of other mail, with remote_header_rewrite_domain, if it is set.
 */
export type RewriteContext = 'local' | 'remote';

/**
 * Rewrites an address to standard form: a source route is dropped, `host!user` and `user%host` become `user@host`,
 * missing domains are appended, a dot at the end is taken away.
 * @param address in external form
 * @param view of trivial-rewrite(8): `rewrite/unix`
 * @returns in external form
 * @see trivial-rewrite(8); Postfix's rewrite_clnt(3)
 */
export function rewriteAddress(address: Octets, context: RewriteContext, view: View): Octets {
  if (address === '' || STANDARD_ADDRESS.test(address)) return address;
  const tokens = rewriteTokens(scanAddress(address), context, view);
  return quoteAddress(toInternalText(tokens));
}

/**
 * Rewrites an address in internal form, as envelopes have it. The empty address stays empty.
 * @see {@link rewriteAddress}; Postfix's rewrite_clnt_internal(3)
 */
export function rewriteInternalAddress(address: Octets, context: RewriteContext, view: View): Octets {
  if (address === '' || STANDARD_ADDRESS.test(address)) return address;
  return unquoteAddress(rewriteAddress(quoteAddress(address), context, view));
}

/** Rewrites an address that is tokens already. Without a token, it stays so. @see {@link rewriteAddress} */
export function rewriteTokens(
  tokens: readonly AddressToken[],
  context: RewriteContext,
  view: View,
): readonly AddressToken[] {
  const rules = view.once('rewrite-rules', () => readRewriteRules(view));
  const [first] = tokens;
  if (first === undefined || (tokens.length === 1 && first.kind === 'quoted' && first.value === '')) return tokens;
  if (tokens.length === 1 && first.kind === '@') return [{ ...first, kind: 'quoted', value: '' }];
  const addressed = withDomain(withoutRoute(tokens), context, rules);
  return withoutLastDot(withFullDomain(addressed, rules.domains[context], rules));
}

/** Most addresses: nothing in them is rewritten. */
const STANDARD_ADDRESS = /^[\w+=~/?{}$#'^*&`-]+(?:\.[\w+=~/?{}$#'^*&`-]+)*@[\w-]+(?:\.[\w-]+)+$/;

interface RewriteRules {
  readonly swapsBangs: boolean;
  readonly promotesPercents: boolean;
  readonly appendsOrigin: boolean;
  readonly appendsDomain: boolean;
  /** What follows a missing `@`; empty for nothing. */
  readonly origins: Readonly<Record<RewriteContext, readonly AddressToken[]>>;
  /** What follows the missing dot of a domain; empty for nothing. */
  readonly domains: Readonly<Record<RewriteContext, readonly AddressToken[]>>;
}

function readRewriteRules(view: View): RewriteRules {
  const remote = scanAddress(view.get('remote_header_rewrite_domain'));
  return {
    swapsBangs: view.isYes('swap_bangpath'),
    promotesPercents: view.isYes('allow_percent_hack'),
    appendsOrigin: view.isYes('append_at_myorigin'),
    appendsDomain: view.isYes('append_dot_mydomain'),
    origins: { local: scanAddress(view.get('myorigin')), remote },
    domains: { local: scanAddress(view.get('mydomain')), remote },
  };
}

function toOperator(kind: '@' | '.'): AddressToken {
  return { kind, value: kind, start: -1, end: -1 };
}

/** `@a,@b:user@c`: `user@c`. */
function withoutRoute(tokens: readonly AddressToken[]): readonly AddressToken[] {
  if (tokens[0]?.kind !== '@') return tokens;
  const colon = tokens.findIndex(({ kind }) => kind === ':');
  return colon < 0 || colon === tokens.length - 1 ? tokens : tokens.slice(colon + 1);
}

function withDomain(
  tokens: readonly AddressToken[],
  context: RewriteContext,
  { swapsBangs, promotesPercents, appendsOrigin, origins }: RewriteRules,
): readonly AddressToken[] {
  if (tokens.some(({ kind }) => kind === '@')) return tokens;
  const bang = swapsBangs ? tokens.findIndex(({ kind }) => kind === '!') : -1;
  if (bang >= 0) return [...tokens.slice(bang + 1), toOperator('@'), ...tokens.slice(0, bang)];
  const percent = promotesPercents ? tokens.findLastIndex(({ kind }) => kind === '%') : -1;
  if (percent >= 0) return tokens.with(percent, toOperator('@'));
  const origin = origins[context];
  return appendsOrigin && origin.length > 0 ? [...tokens, toOperator('@'), ...origin] : tokens;
}

/** `user@host`: `user@host.domain`. What ends in `@` stays as it is. */
function withFullDomain(
  tokens: readonly AddressToken[],
  domain: readonly AddressToken[],
  { appendsDomain }: RewriteRules,
): readonly AddressToken[] {
  if (!appendsDomain || domain.length === 0) return tokens;
  const at = tokens.findLastIndex(({ kind }) => kind === '@');
  if (at < 0 || at === tokens.length - 1) return tokens;
  if (tokens.slice(at).some(({ kind }) => kind === 'literal' || kind === '.')) return tokens;
  return [...tokens, toOperator('.'), ...domain];
}

function withoutLastDot(tokens: readonly AddressToken[]): readonly AddressToken[] {
  const before = tokens.at(-2)?.kind;
  if (tokens.at(-1)?.kind !== '.' || before === undefined || before === '.' || before === '@') return tokens;
  return tokens.slice(0, -1);
}
