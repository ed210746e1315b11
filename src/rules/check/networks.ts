import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import { containsAddress, parseNetwork, type Network } from '../address/network.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { openMainView, openViews, type View, type Word } from './view.ts';

/** Networks that aren't the Internet: however many addresses they have, they are somebody's own. */
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** A network with fewer bits than these is nobody's own. */
const LEAST_BITS = { ipv4: 9, ipv6: 29 } as const;

/** mynetworks that trust too many, or that aren't networks. @see postconf(5), mynetworks */
export function* checkNetworks(world: CheckWorld): Generator<Finding> {
  const own = PRIVATE.map(toNetwork).filter((network) => network !== undefined);
  for (const view of openViews(world, ['smtpd', 'postscreen'])) {
    if (!view.isSet('mynetworks')) continue;
    for (const word of listWords(world, view)) yield* checkWord(word, own);
  }
  yield* checkStyle(world);
}

/** Words of the list, and of the files in it; tables are left out. */
function* listWords(world: CheckWorld, view: View): Generator<Word> {
  for (const word of view.words('mynetworks')) {
    const text = word.text.replace(/^!+/, '');
    // What is left out can't be too much.
    if (text !== word.text) continue;
    if (!text.startsWith('/')) {
      yield word;
      continue;
    }
    const file = world.readFile(text);
    for (const [index, line] of ('text' in file ? file.text.split('\n') : []).entries()) {
      const [entry = ''] = /^[^#\s]+/.exec(line.trim()) ?? [];
      if (entry !== '') yield { text: entry, at: { file: text, line: index + 1 }, isWritten: true };
    }
  }
}

function* checkWord({ text, at }: Word, own: readonly Network[]): Generator<Finding> {
  if (/^[a-z]+:./.test(text) && !/^[0-9a-f:.[\]/]+$/i.test(text)) return;
  const parsed = parseNetwork(text);
  if ('network' in parsed) {
    const { network } = parsed;
    if (!own.some((one) => one.bits <= network.bits && containsAddress(one, network)))
      yield* checkWidth(text, at, network);
    return;
  }
  // QUIRK: Postfix takes a network apart only where it isn't a name or an address as it stands. @see match_ops.c
  if (/^[0-9.]+$/.test(text)) {
    yield {
      severity: 'warning',
      code: 'network-no-address',
      at,
      problem: `mynetworks has ${text}, which is no IP address`,
      why: 'It never matches, and Postfix doesn’t say so.',
      hint: 'write four numbers up to 255, or address/bits',
    };
  } else if (/[:/]/.test(text) && /^[0-9a-f:.[\]/]+$/i.test(text)) {
    yield {
      severity: 'error',
      code: 'network-syntax',
      at,
      problem: parsed.fault,
      why: 'Where it is looked at, permit_mynetworks has no answer: smtpd says 451 4.3.0, and knows no further network.',
      hint: /instead$/.test(parsed.fault)
        ? `write ${/use "([^"]+)"/.exec(parsed.fault)?.[1] ?? 'the network'}`
        : 'write address/bits',
      postfixLine: `warning: mynetworks: ${parsed.fault}`,
    };
  }
}

function* checkWidth(text: Octets, at: SourceLocation, { family, bits, octets }: Network): Generator<Finding> {
  if (bits >= LEAST_BITS[family]) return;
  const isAll = bits === 0;
  yield {
    severity: 'error',
    code: isAll ? 'open-relay' : 'network-too-wide',
    at,
    problem: isAll
      ? `mynetworks has ${text}: everybody may relay`
      : `mynetworks has ${text}: ${family === 'ipv4' ? `all of ${octets[0] ?? 0}.*, ` : ''}far more than anybody’s own network`,
    why: 'permit_mynetworks lets all of these send mail to anywhere: spammers find such a server within hours.',
    hint: 'name your own networks alone, as in 127.0.0.0/8 [::1]/128 192.168.1.0/24',
  };
}

function* checkStyle(world: CheckWorld): Generator<Finding> {
  const view = openMainView(world);
  if (!view.isSet('mynetworks_style')) return;
  const style = view.get('mynetworks_style');
  const at = view.placeOf('mynetworks_style');
  if (view.isSet('mynetworks')) {
    yield {
      severity: 'note',
      code: 'networks-style-unused',
      at,
      problem: 'mynetworks_style does nothing',
      why: 'mynetworks is set, and counts alone.',
      hint: 'take mynetworks_style out, or mynetworks',
    };
  } else if (style === 'class') {
    yield {
      severity: 'warning',
      code: 'network-too-wide',
      at,
      problem: 'mynetworks_style = class trusts the whole class A, B or C network of each interface',
      why: 'With an address of 20.1.2.3, that is all of 20.0.0.0/8.',
      hint: 'write mynetworks_style = host, or set mynetworks',
    };
  }
}

function toNetwork(text: string): Network | undefined {
  const parsed = parseNetwork(text);
  return 'network' in parsed ? parsed.network : undefined;
}
