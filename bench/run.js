// npm run bench: prints a table, and fails unless every message of every figure is kept whole, parsed and found.
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureConfiguration } from './configuration.js';
import { measureLatency } from './latency.js';
import { writeMail } from './mail.js';
import { measurePage } from './page.js';
import { sendWithSmtpSource, startBareServer, startPostfixture } from './processes.js';
import { toRecipient, writeRouting } from './routing.js';
import { measureTables } from './tables.js';
import { measureVerdicts } from './verdicts.js';
import { verify, waitUntilJudged, waitUntilParsed } from './verify.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const LOADS = [
  { name: '4 KB, 1 session', sizeBytes: 4096, sessions: 1, count: 3000, keepConnection: true, atLeast: 0.6 },
  { name: '4 KB, 10 sessions', sizeBytes: 4096, sessions: 10, count: 10_000, keepConnection: true, atLeast: 0.45 },
  { name: '4 KB, 20 sessions', sizeBytes: 4096, sessions: 20, count: 10_000, keepConnection: true, atLeast: 0.4 },
  { name: '4 KB, a connection each', sizeBytes: 4096, sessions: 10, count: 5000, keepConnection: false, atLeast: 0.5 },
  { name: '100 KB, 10 sessions', sizeBytes: 102_400, sessions: 10, count: 2000, keepConnection: true, atLeast: 0.25 },
];

const VERDICTS_A_SECOND = 20_000;
/** With ten tables of ten thousand entries, to what it is without a configuration. */
const ROUTED_AT_LEAST = 0.8;

const directory = mkdtempSync(join(tmpdir(), 'postfixture-bench-'));
let failed = false;
// `npm run bench -- page` measures the page alone.
if (process.argv[2] === 'page') {
  await reportPage();
  rmSync(directory, { recursive: true, force: true });
  process.exit(failed ? 1 : 0);
}
const bare = await startBareServer();
const ours = await startPostfixture(join(directory, 'data'));
const routing = join(directory, 'routing');
writeRouting(routing);
const routed = await startPostfixture(join(directory, 'routed-data'), ['--config', routing]);
try {
  console.log(`${availableParallelism()} cores, Node ${process.version}; medians of ${ROUNDS} rounds, taken in turn\n`);
  console.log(`this disk takes ${measureSync().toFixed(2)} ms to sync 32 KB; the yardstick syncs nothing\n`);
  console.log('a configuration                     median     99 %    below');
  report('  300 parameters, 50 tables', measureConfiguration(directory), 100);
  const latency = await measureLatency(ours, bare);
  console.log(`one mail, new connection            median     99 %    below`);
  report('  to the final 250', latency.smtp, 2.5);
  report('  to the new event', latency.event, 4);
  report('  to the 250 of bare smtp-server', latency.bare);
  const tables = await measureTables();
  console.log(`\na hash: text of 1,000,000 lines         below; ${tables.heapMb.toFixed(0)} MB beside the text`);
  reportOnce('  to open it', tables.openMs, 3000);
  reportOnce('  1,000,000 look-ups', tables.lookUpMs, 1000);
  console.log('\nverdicts a second, 10 tables of 10,000 entries      to the bar');
  for (const { name, rates } of await measureVerdicts(directory, routing, ROUNDS)) reportVerdicts(name, rates);
  console.log('\nmessages a second          unconfigured    10 tables   ratio  at least');
  for (const load of LOADS.filter(({ sizeBytes }) => sizeBytes === 4096)) await measureRouted(load);
  console.log('\nmessages a second          bare smtp-server  Postfixture   ratio  at least  parsed after');
  for (const load of LOADS) await measureLoad(load);
  await reportPage();
  const { rss } = memoryOf(ours.pid);
  console.log(`\nstart ${ours.startMs.toFixed(0)} ms; resident at the end ${rss} MB`);
} finally {
  await Promise.all([bare.stop(), ours.stop(), routed.stop()]);
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

async function measureLoad(load) {
  const rates = { bare: [], ours: [], ratio: [], parsedMs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const word = `w${LOADS.indexOf(load)}x${round}q`;
    const mail = writeMail(directory, { word, sizeBytes: load.sizeBytes });
    const bareRate = await sendWithSmtpSource({ ...load, port: bare.port, file: mail.file });
    const ourRate = await sendWithSmtpSource({ ...load, port: ours.port, file: mail.file });
    rates.parsedMs.push(await waitUntilParsed(ours.url));
    await verify(ours.url, mail, load.count);
    rates.bare.push(bareRate);
    rates.ours.push(ourRate);
    rates.ratio.push(ourRate / bareRate);
  }
  const ratio = median(rates.ratio);
  failed ||= ratio < load.atLeast;
  console.log(
    [
      load.name.padEnd(26),
      median(rates.bare).toFixed(0).padStart(16),
      median(rates.ours).toFixed(0).padStart(12),
      `${(ratio * 100).toFixed(0)} %`.padStart(7),
      `${load.atLeast * 100} %`.padStart(9),
      `${(median(rates.parsedMs) / 1000).toFixed(1)} s`.padStart(13),
      ratio < load.atLeast ? '  MISSED' : '',
    ].join(' '),
  );
}

/** Each round asks both servers, in turns that change places, and waits until each has decided and parsed all. */
async function measureRouted(load) {
  const rates = { unconfigured: [], routed: [], ratio: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const word = `r${LOADS.indexOf(load)}x${round}q`;
    const mail = writeMail(directory, { word, sizeBytes: load.sizeBytes });
    const servers = [
      { ...ours, to: 'recipient@bench.test', rates: rates.unconfigured },
      { ...routed, to: toRecipient(round), rates: rates.routed },
    ];
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      server.rates.push(await sendWithSmtpSource({ ...load, port: server.port, file: mail.file, to: server.to }));
      await waitUntilParsed(server.url);
      await waitUntilJudged(server.url);
      await verify(server.url, mail, load.count);
    }
    rates.ratio.push(rates.routed[round] / rates.unconfigured[round]);
  }
  const ratio = median(rates.ratio);
  failed ||= ratio < ROUTED_AT_LEAST;
  console.log(
    [
      load.name.padEnd(26),
      median(rates.unconfigured).toFixed(0).padStart(12),
      median(rates.routed).toFixed(0).padStart(12),
      `${(ratio * 100).toFixed(0)} %`.padStart(7),
      `${ROUTED_AT_LEAST * 100} %`.padStart(9),
      ratio < ROUTED_AT_LEAST ? '  MISSED' : '',
    ].join(' '),
  );
}

async function reportPage() {
  console.log('\nthe page                                  figure    at most');
  for (const { name, value, unit, atMost } of await measurePage(directory)) {
    const isMissed = value > (atMost ?? Number.POSITIVE_INFINITY);
    failed ||= isMissed;
    const figure = `${value.toFixed(unit === '' ? 0 : 1)} ${unit}`.trim();
    const bound = atMost === undefined ? '' : `${atMost} ${unit}`.padStart(10);
    console.log(`  ${name.padEnd(36)} ${figure.padStart(10)} ${bound}${isMissed ? '  MISSED' : ''}`);
  }
}

function reportVerdicts(name, rates) {
  const rate = median(rates);
  const isMissed = rate < VERDICTS_A_SECOND;
  failed ||= isMissed;
  const ratio = `${((rate / VERDICTS_A_SECOND) * 100).toFixed(0)} %`;
  console.log(
    `${`  ${name}`.padEnd(32)} ${rate.toFixed(0).padStart(8)} ${ratio.padStart(18)}${isMissed ? '  MISSED' : ''}`,
  );
}

function report(name, sorted, belowMs) {
  const middle = median(sorted);
  const isMissed = middle >= belowMs;
  failed ||= isMissed;
  const worst = sorted[Math.floor(sorted.length * 0.99)];
  const bound = belowMs === undefined ? '' : `  ${belowMs} ms${isMissed ? '  MISSED' : ''}`;
  console.log(`${name.padEnd(32)} ${middle.toFixed(2)} ms  ${worst.toFixed(2)} ms${bound}`);
}

function reportOnce(name, ms, belowMs) {
  failed ||= ms >= belowMs;
  console.log(`${name.padEnd(32)} ${ms.toFixed(0)} ms  ${belowMs} ms${ms >= belowMs ? '  MISSED' : ''}`);
}

/** @returns ms, the median of writing 32 KB over and syncing them: what a commit of one message can't do without */
function measureSync() {
  const file = openSync(join(directory, 'sync'), 'w+');
  const octets = new Uint8Array(32 * 1024);
  const times = Array.from({ length: 300 }, () => {
    const started = performance.now();
    writeSync(file, octets, 0, octets.length, 0);
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return median(times);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function memoryOf(pid) {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { rss: Math.round(Number(kilobytes) / 1024) };
}
