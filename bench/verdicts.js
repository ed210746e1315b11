// How many verdicts a second one core makes: what becomes of a recipient of a mail, with every step of the way.
import { readFileSync } from 'node:fs';
import { writeMail } from './mail.js';
import { toRecipient, toSender } from './routing.js';
import { loadSources } from './sources.js';

const VERDICTS_A_ROUND = 5000;
const ENVELOPE_ALONE = Buffer.from('\r\n');

/**
 * Asks what becomes of mails, by the function that the server asks.
 * @param {string} directory for the message
 * @param {string} place of the configuration
 * @param {number} rounds
 * @returns {Promise<readonly { name: string, rates: readonly number[] }[]>} verdicts a second of processor time, a round
 */
export async function measureVerdicts(directory, place, rounds) {
  const { explain, world } = await openRules(place);
  const message = readMessage(directory);
  const loads = [
    { name: '4 KB, 1 recipient', size: 1, raw: message },
    { name: '4 KB, 10 recipients', size: 10, raw: message },
    { name: 'envelope, 1 recipient', size: 1, raw: ENVELOPE_ALONE },
    { name: 'envelope, 10 recipients', size: 10, raw: ENVELOPE_ALONE },
  ].map((load) => ({ ...load, rates: [] }));
  const measure = (load, round) => measureRound(load, round, (mail) => explain(mail, world));
  for (const load of loads) measure(load, 0);
  for (let round = 1; round <= rounds; round += 1) {
    for (const load of loads) load.rates.push(measure(load, round));
  }
  return loads.map(({ name, rates }) => ({ name, rates }));
}

async function openRules(place) {
  const [{ loadSettings }, { openRuleWorld }, { explain }] = await loadSources([
    'src/settings/load.ts',
    'src/settings/rule-world.ts',
    'src/rules/explain.ts',
  ]);
  const settings = loadSettings({
    flags: { config_directory: place },
    environment: {},
    machine: { hostname: 'mail.example.com', platform: 'linux', homeDirectory: place, cwd: place },
  });
  return { explain, world: openRuleWorld(settings) };
}

function readMessage(directory) {
  const { file } = writeMail(directory, { word: 'verdict', sizeBytes: 4096 });
  return Buffer.from(readFileSync(file, 'latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** Processor time counts, since other programs run beside: that of the collector's threads with it. */
function measureRound({ size, raw }, round, ask) {
  const mails = Array.from({ length: VERDICTS_A_ROUND / size }, (_, index) =>
    toMail(round * VERDICTS_A_ROUND + index * size, { size, raw }),
  );
  const started = process.cpuUsage();
  let asked = 0;
  for (const mail of mails) asked += countRoots(ask(mail));
  const { user, system } = process.cpuUsage(started);
  if (asked !== VERDICTS_A_ROUND) throw new Error(`${asked} recipients have a verdict, not ${VERDICTS_A_ROUND}`);
  return asked / ((user + system) / 1e6);
}

/** Recipients of the envelope of whom something became. */
function countRoots({ journey: { nodes, messages } }) {
  if (messages.length === 0) return 0;
  const roots = nodes.filter(({ parent, message, steps }) => parent === undefined && message === 1 && steps.length > 0);
  return roots.length;
}

function toMail(turn, { size, raw }) {
  return {
    queueId: '4bXyZ00000z1',
    nowMs: Date.UTC(2026, 10, 24, 12),
    sender: toSender(turn),
    recipients: Array.from({ length: size }, (_, index) => ({
      // Through a buffer, so that each is a string in one piece, as one that a client sent would be.
      address: Buffer.from(toRecipient(turn + index)).toString('latin1'),
      orcpt: '',
      notify: [],
    })),
    raw,
    client: {
      name: 'localhost',
      reverseName: 'localhost',
      nameStatus: 'ok',
      reverseNameStatus: 'ok',
      address: '127.0.0.1',
      port: '40000',
      socketAddress: '127.0.0.1',
      isEncrypted: false,
    },
    helo: 'localhost',
    protocol: 'ESMTP',
    login: '',
    service: 'smtp/inet',
    body: undefined,
    smtputf8: false,
    ret: undefined,
    envid: undefined,
  };
}
