import { extractBraces, splitItems } from './tables/braces.ts';
import { LookupError } from './tables/lookup-table.ts';
import type { Mail } from './mail.ts';
import type { Octets } from './octets.ts';
import type { TraceStep } from './trace.ts';
import type { RuleWorld, View } from './world.ts';

/** A mail filter that Postfix would ask. */
export interface Milter {
  /** Where it listens: `inet:127.0.0.1:8891`. */
  readonly name: Octets;
  /** What Postfix does if it doesn't answer: `accept`, `reject`, `tempfail`, `quarantine`, `shutdown`. */
  readonly defaultAction: Octets;
}

/** Reads a list of milters, each by its name or, with options, in braces. @see postconf(5), smtpd_milters */
export function readMilters(words: readonly Octets[], view: Pick<View, 'get'>): readonly Milter[] {
  return words.map((word) => {
    const braced = word.startsWith('{') ? extractBraces(word) : { fault: '' };
    const [name = '', ...options] = 'text' in braced ? splitItems(braced.text) : [word];
    const own = options.flatMap((option) => {
      const inner = option.startsWith('{') ? extractBraces(option) : { text: option };
      const [, action] = /^\s*default_action\s*=\s*(.*?)\s*$/s.exec('text' in inner ? inner.text : '') ?? [];
      return action ?? [];
    });
    return { name, defaultAction: own.at(-1) ?? view.get('milter_default_action') };
  });
}

/**
 * A step for each milter that Postfix would ask about a mail. Nobody asks one here: what a milter would change, refuse or
 * sign stays as it is.
 * @throws {Unanswered} if smtpd_milter_maps has to ask outside
 * @see MILTER_README
 */
export function listMilterSteps(
  { submitter, client, service }: Pick<Mail, 'submitter' | 'client' | 'service'>,
  world: RuleWorld,
): readonly TraceStep[] {
  const isByClient = submitter === undefined;
  const view = world.view(isByClient ? service : 'pickup/unix');
  if (view.words('receive_override_options').includes('no_milters')) return [];
  const { parameter, words } = isByClient
    ? chooseForClient(view, client.address)
    : { parameter: 'non_smtpd_milters', words: view.words('non_smtpd_milters') };
  const { file, line } = view.placeOf(parameter);
  return readMilters(words, view).map(({ name, defaultAction }) => ({
    stage: isByClient ? 'smtpd' : 'cleanup',
    parameter,
    file,
    line,
    key: `milter ${name}`,
    note: `not asked; default action ${defaultAction}`,
  }));
}

/** smtpd_milter_maps stands in for smtpd_milters where it has the client. A table that can't answer has nobody. */
function chooseForClient(
  view: View,
  address: Octets,
): { readonly parameter: Octets; readonly words: readonly Octets[] } {
  const own = { parameter: 'smtpd_milters', words: view.words('smtpd_milters') };
  if (view.words('smtpd_milter_maps').length === 0) return own;
  try {
    const found = view.maps('smtpd_milter_maps').find(address, { stage: 'smtpd', steps: [] })?.value;
    if (found === undefined) return own;
    const words = found.trim().toUpperCase() === 'DISABLE' ? [] : splitItems(found);
    return { parameter: 'smtpd_milter_maps', words };
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return own;
  }
}
