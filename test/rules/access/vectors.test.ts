import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { toOctets } from '../../../src/rules/octets.ts';
import { masterText, zoneText } from '../../conformance/world.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import { playProbe, type Played, type SmtpProbe } from './play-probe.ts';

const VECTORS = new URL('../../conformance/vectors/', import.meta.url);
/** More cases, answered by the same Postfix: lists and tables within each other, odd names and codes. */
const RECORDED = new URL('recorded/', import.meta.url);

/** Probes that need more than access rules. */
const LEFT_OUT: Readonly<Record<string, { readonly probes: readonly number[]; readonly why: string }>> = {
  'dns-list-answers': { probes: [48], why: 'XCLIENT refuses the client' },
  'dialogue-recipient-limit': { probes: [0, 1, 2], why: 'smtpd counts recipients before it asks' },
  'dialogue-size-limit': { probes: [4], why: 'SIZE is a parameter of MAIL' },
  'mistake-no-alias-db': { probes: [0, 1], why: 'the text answers, not the map' },
  'mistake-no-virtual-db': { probes: [0, 1], why: 'the text answers, not the map' },
  'command-filter': { probes: [0, 1, 2, 4, 5], why: 'commands are replaced before they are read' },
  'command-filter-fails': { probes: [0], why: 'commands are replaced before they are read' },
  'ehlo-keywords-discarded': { probes: [0, 1, 2, 3, 4, 5, 6, 8], why: 'MAIL’s and RCPT’s parameters' },
  'path-before-parameters': { probes: [6, 7], why: 'MAIL’s and RCPT’s parameters' },
  'strict-envelopes': {
    probes: [2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 18, 20, 21, 22],
    why: 'MAIL’s and RCPT’s syntax',
  },
  'odd-addresses': { probes: [22, 24, 25], why: 'RCPT’s syntax' },
  'reject-footer': { probes: [0, 1], why: 'the footer is put behind the reply later' },
  'reject-footer-maps': { probes: [0, 1], why: 'the footer is put behind the reply later' },
  'reject-footer-recipient': { probes: [1, 3], why: 'the footer is put behind the reply later' },
  'relay-sasl': { probes: [2], why: 'a wrong password' },
  verp: { probes: [2, 3, 6], why: 'XVERP is a parameter of MAIL' },
  'verp-addresses': { probes: [4, 5, 6, 8, 9, 10], why: 'XVERP is a parameter of MAIL' },
  'verp-keyword': { probes: [2], why: 'XVERP is a parameter of MAIL' },
};

interface Vector {
  readonly name: string;
  readonly config: {
    readonly main_cf: string;
    readonly master_cf?: string;
    readonly raw_main_cf?: boolean;
    readonly files: Readonly<Record<string, string>>;
    readonly dns?: Parameters<typeof zoneText>[0];
    readonly policy?: object;
  };
  readonly probes: readonly Probe[];
}

interface Probe extends SmtpProbe {
  readonly kind: string;
  readonly server?: string;
  readonly port?: number;
  readonly tls?: object;
  readonly expected: Partial<Played>;
}

const vectors = [...(await readVectors(VECTORS)), ...(await readVectors(RECORDED))];

test.for(vectors.filter((vector) => listProbes(vector).length > 0))('$name: as Postfix answered', async (vector) => {
  const { main_cf, files, dns } = vector.config;
  await using configured = await openTestWorld({
    mainCf: toOctets(main_cf),
    masterCf: toOctets(masterText(vector.config)),
    files: {
      dns: zoneText(dns),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, toOctets(text)])),
    },
  });

  const answers = listProbes(vector).map((probe) => toComparable(playProbe(probe, configured.world)));

  expect(answers).toEqual(listProbes(vector).map(({ expected }) => toComparable(expected)));
});

async function readVectors(directory: URL): Promise<readonly Vector[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, directory), 'utf8')) as Vector));
}

/** Those of one message to the usual listener, in clear. */
function listProbes({ name, config, probes }: Vector): readonly Probe[] {
  const leftOut = LEFT_OUT[name]?.probes ?? [];
  return probes.filter(
    ({ kind, server, port, tls }, index) =>
      kind === 'smtp' &&
      tls === undefined &&
      server === undefined &&
      port === undefined &&
      config.raw_main_cf !== true &&
      // The conformance suite has the servers.
      config.policy === undefined &&
      !leftOut.includes(index),
  );
}

/** Refusals, and what smtpd logs of them; the end of the content where access rules refused it. */
function toComparable({ connect, helo, mail, rcpt = [], dot, log = [] }: Partial<Played>): unknown {
  const logged = log
    .filter((line) => !line.startsWith('postfix/') || line.startsWith('postfix/smtpd: '))
    .map((line) => line.replace(/^postfix\/smtpd: (?:<Q\d+>: )?/, ''))
    .filter((line) => !/^(?:NOQUEUE: )?(?:warning|permit|hangup): /.test(line));
  const isEndRefused = logged.some((line) => line.startsWith('reject: END-OF-MESSAGE'));
  return {
    connect: connect?.code === 220 ? undefined : connect,
    helo: helo?.code === 250 ? undefined : helo,
    mail,
    rcpt,
    dot: isEndRefused ? dot : undefined,
    log: logged,
  };
}
