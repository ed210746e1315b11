import { parseSeconds } from '../config/postfix-value.ts';
import type { Octets } from '../octets.ts';
import type { ServerAddress } from '../question.ts';
import { extractBraces, splitItems } from '../tables/braces.ts';
import { parseServerAddress, resolveSocket } from '../tables/server-address.ts';
import type { View } from '../world.ts';

/** A policy server, and how it is asked. */
export interface PolicyService {
  /** Of a UNIX socket the whole path. */
  readonly server: ServerAddress;
  /** As Postfix's messages have it: what stands behind `inet:` or `unix:`. */
  readonly endpoint: Octets;
  readonly timeoutMs: number;
  readonly tryLimit: number;
  readonly retryDelayMs: number;
  /** What is done if it doesn't answer: the right-hand side of an access table. */
  readonly defaultAction: Octets;
  readonly context: Octets;
}

/** Why smtpd(8) doesn't start with a policy service, in Postfix's words. */
export interface PolicyServiceFault {
  readonly fault: Octets;
}

type Numbers = Pick<PolicyService, 'timeoutMs' | 'tryLimit' | 'retryDelayMs'>;
type Texts = Pick<PolicyService, 'defaultAction' | 'context'>;

/** What may be said of one service alone, by its name there. */
const OPTIONS = {
  timeout: { kind: 'time', unit: 's', sets: 'timeoutMs' },
  max_idle: { kind: 'time', unit: 's', sets: undefined },
  max_ttl: { kind: 'time', unit: 's', sets: undefined },
  retry_delay: { kind: 'time', unit: 's', sets: 'retryDelayMs' },
  request_limit: { kind: 'number', min: 0, sets: undefined },
  try_limit: { kind: 'number', min: 1, sets: 'tryLimit' },
  default_action: { kind: 'text', min: 1, sets: 'defaultAction' },
  policy_context: { kind: 'text', min: 0, sets: 'context' },
} as const satisfies Readonly<Record<Octets, OptionRow>>;

type OptionRow =
  | { readonly kind: 'time'; readonly unit: 's'; readonly sets: keyof Numbers | undefined }
  | { readonly kind: 'number'; readonly min: number; readonly sets: keyof Numbers | undefined }
  | { readonly kind: 'text'; readonly min: number; readonly sets: keyof Texts };

/** What is written of a policy service. */
export interface WrittenPolicyService {
  readonly server: ServerAddress;
  /** What its own options say. */
  readonly options: Partial<Numbers & Texts>;
}

/**
 * Reads what follows check_policy_service: `inet:HOST:PORT`, `unix:PATH`, or one of both in braces, with options.
 * @see SMTPD_POLICY_README; Postfix's smtpd_check.c, policy_client_register
 */
export function parsePolicyService(written: Octets): WrittenPolicyService | PolicyServiceFault {
  const options: Options = {};
  const read = written.startsWith('{') ? readBraced(written, options) : { name: written };
  if ('fault' in read) return read;
  const server = parseServerAddress(read.name);
  return 'fault' in server ? server : { server, options };
}

/** The same, with the parameters that options stand in for. */
export function readPolicyService(
  written: Octets,
  view: Pick<View, 'get' | 'integer' | 'seconds'>,
): PolicyService | PolicyServiceFault {
  const parsed = parsePolicyService(written);
  if ('fault' in parsed) return parsed;
  return {
    server: resolveSocket(parsed.server, view.get('queue_directory')),
    endpoint: parsed.server.written,
    timeoutMs: view.seconds('smtpd_policy_service_timeout') * 1000,
    tryLimit: view.integer('smtpd_policy_service_try_limit'),
    retryDelayMs: view.seconds('smtpd_policy_service_retry_delay') * 1000,
    defaultAction: view.get('smtpd_policy_service_default_action'),
    context: view.get('smtpd_policy_service_policy_context'),
    ...parsed.options,
  };
}

type Options = { -readonly [K in keyof (Numbers & Texts)]?: (Numbers & Texts)[K] };

function readBraced(written: Octets, options: Options): { readonly name: Octets } | PolicyServiceFault {
  const inner = extractBraces(written);
  if ('fault' in inner) return { fault: `policy service syntax error: ${written.slice(1)}` };
  const [name, ...words] = splitItems(inner.text);
  if (name === undefined) return { fault: `empty policy service: "${written}"` };
  for (const word of words) {
    const fault = setOption(word, options);
    if (fault !== undefined) return { fault };
  }
  return { name };
}

/** @returns what is wrong with it */
function setOption(word: Octets, options: Options): Octets | undefined {
  const braced = word.startsWith('{') ? extractBraces(word) : { text: word };
  if ('fault' in braced) return braced.fault;
  const [, name = '', value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(braced.text) ?? [];
  if (value === undefined) return `malformed option: missing '=' after attribute name: "...${braced.text}..."`;
  if (!isOption(name)) return `unknown option: "${name} = ${value}"`;
  const option: OptionRow = OPTIONS[name];
  switch (option.kind) {
    case 'time': {
      const time = parseSeconds(value, option.unit);
      if (time === undefined) return `${name}: bad time value or unit: ${value}`;
      if (time.seconds < 1) return `invalid ${name}: ${time.seconds} (min 1)`;
      if (option.sets !== undefined) options[option.sets] = time.seconds * 1000;
      return undefined;
    }
    case 'number':
      if (!/^[0-9]{1,9}$/.test(value)) return `bad numerical configuration: ${name} = ${value}`;
      if (Number(value) < option.min) return `invalid ${name} parameter value ${Number(value)} < ${option.min}`;
      if (option.sets !== undefined) options[option.sets] = Number(value);
      return undefined;
    case 'text':
      if (value.length < option.min) return `bad string length ${value.length} < ${option.min}: ${name} = ${value}`;
      options[option.sets] = value;
      return undefined;
  }
}

function isOption(name: Octets): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}
