import { quoteAddress } from '../../src/rules/address/quote.ts';
import { cleanUp } from '../../src/rules/cleanup/clean-up.ts';
import type {
  AccessActions,
  CleanupRequest,
  CleanupResult,
  IncomingRecipient,
} from '../../src/rules/cleanup/cleanup-request.ts';
import { openTrail, type JourneyNode } from '../../src/rules/journey.ts';
import { toOctets } from '../../src/rules/octets.ts';
import type { RuleWorld } from '../../src/rules/world.ts';

/** A message for cleanup(8); what isn't said is as a client on this machine sends it. */
export interface Handed extends Partial<Omit<CleanupRequest, 'recipients' | 'actions'>> {
  /** Addresses in internal form, or all of a recipient. */
  readonly to: readonly (string | Partial<IncomingRecipient>)[];
  readonly actions?: Partial<AccessActions>;
  /** The content, lines ended by LF. */
  readonly content?: string;
}

/** What cleanup(8) makes of a message. */
export interface Cleaned {
  readonly result: CleanupResult;
  readonly nodes: readonly JourneyNode[];
}

const NO_ACTIONS: AccessActions = {
  prepend: [],
  hold: undefined,
  discard: undefined,
  filter: undefined,
  redirect: undefined,
  bcc: [],
};

const NOBODY: IncomingRecipient = { address: '', orcpt: '', notify: [], original: '', parent: undefined };

/** Hands a message to cleanup(8). */
export function cleanMessage(
  world: RuleWorld,
  { to, actions, content = 'Subject: x\n\nx\n', ...said }: Handed,
): Cleaned {
  const trail = openTrail();
  const result = cleanUp(
    {
      number: 1,
      origin: 'received',
      queueId: '4Z0000',
      nowMs: Date.UTC(2026, 0, 1),
      sender: 's@origin.test',
      raw: Buffer.from(content.replaceAll('\n', '\r\n'), 'latin1'),
      client: {
        name: 'localhost',
        reverseName: 'localhost',
        address: '127.0.0.1',
        port: '1',
        helo: 'client.test',
        protocol: 'ESMTP',
      },
      login: '',
      context: 'local',
      overrides: new Set(),
      body: undefined,
      smtputf8: false,
      service: 'smtp/inet',
      ...said,
      recipients: to.map((one) =>
        typeof one === 'string' ? { ...NOBODY, address: toOctets(one) } : { ...NOBODY, ...one },
      ),
      actions: { ...NO_ACTIONS, ...actions },
    },
    world,
    trail,
  );
  return { result, nodes: trail.nodes() };
}

/** Each recipient as Postfix logs it: `to`, and `to < orig_to` where that was another. */
export function listRecipients({ recipients }: CleanupResult): readonly string[] {
  return recipients.map(({ address, original }) => {
    const isOther = original !== '' && original.toLowerCase() !== address.toLowerCase();
    return isOther ? `${quoteAddress(address)} < ${quoteAddress(original)}` : quoteAddress(address);
  });
}
