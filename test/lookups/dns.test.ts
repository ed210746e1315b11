import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createDnsAnswerer } from '../../src/lookups/dns.ts';

const CODES = { A: 1, NS: 2, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28 } as const;
const NXDOMAIN = 3;
const SERVFAIL = 2;

/** A DNS server of this machine; `zone`: by name and type the data of the records, or the response code. */
async function openServer(zone: Readonly<Record<string, readonly Buffer[] | number>>) {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    const found = zone[`${name} ${type}`] ?? NXDOMAIN;
    const records = typeof found === 'number' ? [] : found;
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    const answers = records.flatMap((data) => {
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(type, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt16BE(data.length, 10);
      return [record, data];
    });
    socket.send(Buffer.concat([head, query.subarray(12, end), ...answers]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    servers: [`127.0.0.1:${socket.address().port}`],
    [Symbol.dispose]: () => void socket.close(),
  };
}

function readQuestion(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function encodeName(name: string): Buffer {
  return Buffer.concat([
    ...name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')),
    Buffer.alloc(1),
  ]);
}

const signal = new AbortController().signal;

test.for([
  { type: 'A', data: Buffer.from([192, 0, 2, 1]), record: '192.0.2.1' },
  {
    type: 'MX',
    data: Buffer.concat([Buffer.from([0, 10]), encodeName('mx.example.com')]),
    record: '10 mx.example.com',
  },
  { type: 'NS', data: encodeName('ns.example.com'), record: 'ns.example.com' },
  { type: 'TXT', data: Buffer.from('\x05hello'), record: 'hello' },
  { type: 'PTR', data: encodeName('host.example.com'), record: 'host.example.com' },
] as const)('a server is asked for $type', async ({ type, data, record }) => {
  using server = await openServer({ [`example.com ${CODES[type]}`]: [data] });
  const answer = createDnsAnswerer({ timeoutMs: 5000, servers: server.servers });

  expect(await answer({ kind: 'dns', name: 'example.com', type }, { signal })).toEqual({
    rows: [[record]],
    faults: [],
  });
});

test.for([
  { name: 'gone.example', answer: { rows: [], faults: [{ message: 'no domain' }] } },
  { name: 'empty.example', answer: { rows: [], faults: [{ message: 'no data' }] } },
  { name: 'down.example', answer: { faults: [{ message: 'ESERVFAIL' }] } },
])('$name: $answer', async ({ name, answer: expected }) => {
  using server = await openServer({ 'empty.example 1': [], 'down.example 1': SERVFAIL });
  const answer = createDnsAnswerer({ timeoutMs: 5000, servers: server.servers });

  const found = await answer({ kind: 'dns', name, type: 'A' }, { signal });

  expect(found).toMatchObject(expected);
  expect('rows' in found).toBe('rows' in expected);
});
