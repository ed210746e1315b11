import { quoteAddress } from '../rules/address/quote.ts';
import { placeOf, wayTo, type End } from '../rules/destinations.ts';
import type { Delivery, Journey, JourneyMessage, JourneyNode, NodeId } from '../rules/journey.ts';
import { fromOctets, toPrintable, type Octets } from '../rules/octets.ts';
import type { TraceStep } from '../rules/trace.ts';

/** How a journey is printed. */
export interface JourneyTextOptions {
  /** Also the look-ups that found nothing. */
  readonly isVerbose: boolean;
}

/**
 * A journey as a tree that a person follows: each recipient, the rules that decided with their places, and the end of
 * each way; below it the messages that Postfix would make of it.
 */
export function formatJourney({ messages, nodes, leftOut = 0 }: Journey, options: JourneyTextOptions): string {
  const children = new Map<NodeId | undefined, NodeId[]>();
  for (const [id, { parent }] of nodes.entries()) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  const roots = children.get(undefined) ?? [];
  const cut = leftOut === 0 ? [] : [`and ${leftOut} messages more, which are not followed\n`];
  const parts = messages
    .map((message) => {
      const own = roots.filter((id) => nodes[id]?.message === message.number);
      const ways = own.flatMap((id) => formatNode(id, { nodes, messages, children, options }, 0));
      return [...formatMessage(message, options, own.length > 0), ...ways];
    })
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`);
  return [...parts, ...cut].join('\n');
}

/** The ways to some ends of a journey, line by line: each address once, what was decided about it, and the end. */
export function formatWays(ends: readonly NodeId[], journey: Journey, options: JourneyTextOptions): readonly string[] {
  return [...new Set(ends.flatMap((end) => wayTo(end, journey)))].flatMap((node) => {
    const above = node.parent === undefined ? undefined : journey.nodes[node.parent];
    const isSame = above?.address === node.address && above.message === node.message;
    return [
      ...(isSame ? [] : [showAddress(node.address)]),
      ...formatSteps(node.steps, options, 1),
      ...(node.delivery === undefined ? [] : [`${indent(1)}= ${formatDelivery(node.delivery)}`]),
    ];
  });
}

/** An end in one line: `bob@example.com  sent 2.0.0 local:example.com  delivered to mailbox`. */
export function formatEnd(end: End): string {
  const { recipient, status, nexthop, text } = end;
  const place = placeOf(end);
  const what = end.transport === '' ? `${status}  ${show(text)}` : formatDelivery(end);
  const isTold = place === undefined || text.includes(place) || place === nexthop;
  return `${showAddress(recipient)}  ${what}${isTold ? '' : `  → ${show(place)}`}`;
}

interface Tree {
  readonly nodes: readonly JourneyNode[];
  readonly messages: readonly JourneyMessage[];
  readonly children: ReadonlyMap<NodeId | undefined, readonly NodeId[]>;
  readonly options: JourneyTextOptions;
}

/** What is said of a message as a whole; of those that hang in another's tree, only what ended them. */
function formatMessage(
  { number, origin, of, sender, steps, state, reason, deferred }: JourneyMessage,
  options: JourneyTextOptions,
  hasRoots: boolean,
): readonly string[] {
  const from = sender === '' ? '<>' : `<${showAddress(sender)}>`;
  const title = number === 1 ? `mail from ${from}` : `message ${number}: ${origin} of message ${of ?? 1}, from ${from}`;
  const why = reason === undefined ? '' : `: ${show(reason)}`;
  const end =
    deferred !== undefined ? [`  = deferred (${deferred})`] : state === 'queued' ? [] : [`  = ${state}${why}`];
  if (!hasRoots && end.length === 0) return [];
  return [title, ...(number === 1 ? formatSteps(steps, options, 1) : []), ...end];
}

function formatNode(id: NodeId, tree: Tree, depth: number): readonly string[] {
  const node = tree.nodes[id];
  if (node === undefined) return [];
  const below = tree.children.get(id) ?? [];
  const parent = node.parent === undefined ? undefined : tree.nodes[node.parent];
  const isSame = parent !== undefined && parent.address === node.address && parent.message === node.message;
  const level = isSame ? depth - 1 : depth;
  const message = tree.messages.find(({ number }) => number === node.message);
  const isFirstOfMessage = parent !== undefined && parent.message !== node.message;
  const remark = isFirstOfMessage
    ? `  (${message?.isHypothetical ? 'if it were accepted' : `message ${node.message}`})`
    : '';
  return [
    ...(isSame ? [] : [`${indent(level)}${showAddress(node.address)}${remark}`]),
    ...formatSteps(node.steps, tree.options, level + 1),
    ...(node.delivery === undefined ? [] : [`${indent(level + 1)}= ${formatDelivery(node.delivery)}`]),
    ...below.flatMap((child) => formatNode(child, tree, level + 1)),
  ];
}

/** What several daemons decide alike is said once. */
function formatSteps(steps: readonly TraceStep[], { isVerbose }: JourneyTextOptions, depth: number): readonly string[] {
  const shown = steps.filter(({ result }) => isVerbose || result !== null).map(formatStep);
  return (isVerbose ? shown : [...new Set(shown)]).map((line) => indent(depth) + line);
}

/** A step on one line: by which part, parameter, table and line, and what came out. */
export function formatStep({ stage, parameter, table, file, line, key, result, note }: TraceStep): string {
  const place = file === undefined ? '' : `${show(file)}${line === undefined ? '' : `:${line}`}`;
  const words = [
    stage,
    ...(parameter === undefined ? [] : [show(parameter)]),
    ...(table === undefined ? [] : [show(table)]),
    ...(place === '' ? [] : [place]),
  ];
  const found = result === null ? 'nothing' : result === undefined ? undefined : show(result);
  const answer = [...(key === undefined ? [] : [show(key)]), ...(found === undefined ? [] : [found])].join(' → ');
  return `${words.join('  ')}${answer === '' ? '' : `  ${answer}`}${note === undefined ? '' : `  (${show(note)})`}`;
}

function formatDelivery(delivery: End & Pick<Delivery, 'isAssumed'>): string {
  const { status, dsn, text, isAssumed } = delivery;
  const where = status === 'rejected' ? '' : ` ${formatAgent(delivery)}`;
  return `${status} ${dsn}${where}  ${show(text)}${isAssumed ? '  (assumed)' : ''}`;
}

/** Who gets it: `smtp:[relay.example.net]:587`. */
export function formatAgent({ transport, nexthop }: Pick<End, 'transport' | 'nexthop'>): string {
  return show(nexthop === '' ? transport : `${transport}:${nexthop}`);
}

/** An address as it is in mail, with the quotes that it needs there. */
export function showAddress(address: Octets): string {
  return show(quoteAddress(address));
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

/** Octets for a terminal. Addresses and tables are hostile: nothing of them steers it. */
export function show(octets: Octets): string {
  return fromOctets(toPrintable(octets, true));
}
