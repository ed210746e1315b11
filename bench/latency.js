// One mail over a new connection: from connect() to the final 250, and to the `new` event on a WebSocket.
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

const ROUNDS = 200;
const WARM_UP = 50;
const DIALOGUE = [
  'EHLO bench.test',
  'MAIL FROM:<sender@bench.test>',
  'RCPT TO:<recipient@bench.test>',
  'DATA',
  'From: sender@bench.test\r\nTo: recipient@bench.test\r\nSubject: latency\r\n\r\nOne mail.\r\n.',
];

/**
 * Sends to Postfixture and to a server that keeps nothing, in turn: what the machine itself takes is in both.
 * @returns ms of each round, sorted: `bare` and `smtp` to the 250, `event` to the `new` frame
 */
export async function measureLatency({ port, url }, bareServer) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/events`);
  await once(socket, 'open');
  const times = { bare: [], smtp: [], event: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const bare = await inSilence(() => sendOne(bareServer.port));
    const heard = nextNew(socket);
    const { startedAt, tookMs } = await inSilence(() => sendOne(port));
    const eventMs = (await heard) - startedAt;
    if (round < WARM_UP) continue;
    times.bare.push(bare.tookMs);
    times.smtp.push(tookMs);
    times.event.push(eventMs);
  }
  socket.terminate();
  for (const sorted of Object.values(times)) sorted.sort((a, b) => a - b);
  return times;
}

/** Each mail comes into silence, as one does on a developer's machine. @returns when `act` began, and ms that it took */
async function inSilence(act) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const startedAt = performance.now();
  await act();
  return { startedAt, tookMs: performance.now() - startedAt };
}

function nextNew(socket) {
  return new Promise((resolve) => {
    const hear = (frame) => {
      if (JSON.parse(frame.toString()).Type !== 'new') return;
      socket.off('message', hear);
      resolve(performance.now());
    };
    socket.on('message', hear);
  });
}

async function sendOne(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let step = 0;
  let received = '';
  await new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (octets) => {
      received += octets.toString('latin1');
      if (!/^\d{3} .*\r\n$/m.test(received)) return;
      if (/^[45]/.test(received)) reject(new Error(received));
      received = '';
      const line = DIALOGUE[step];
      step += 1;
      if (line === undefined) resolve();
      else socket.write(`${line}\r\n`);
    });
  });
  socket.end('QUIT\r\n');
}
