import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';

const RAW = Buffer.from(
  [
    'received: from a',
    '\tby b',
    'Received: from b',
    'SUBJECT: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
    'MIME-Version: 1.0',
    'Message-ID: <1@example.com>',
    '__proto__: x',
    '',
    'body\r\n\xff\x00.',
  ].join('\r\n'),
  'latin1',
);

test('headers are given by canonical name, sorted, raw and unfolded', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: Buffer.from(RAW) });
  const headers = await (await http.get(`/api/v1/message/${id}/headers`)).text();
  expect(headers).toBe(
    JSON.stringify({
      'Message-Id': ['<1@example.com>'],
      'Mime-Version': ['1.0'],
      Received: ['from a by b', 'from b'],
      Subject: ['=?utf-8?q?Gr=C3=BC=C3=9Fe?='],
      ['__proto__']: ['x'],
    }),
  );
  expect((await http.store.get(id))?.read).toBe(false);
});

test('fields are given in the order of the wire, decoded and raw', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: Buffer.from(RAW) });
  const fields = (await (await http.get(`/api/v1/message/${id}/fields`)).json()) as unknown[];
  expect(fields.slice(0, 3)).toEqual([
    { Name: 'received', Value: 'from a by b', Raw: 'received: from a\r\n\tby b' },
    { Name: 'Received', Value: 'from b', Raw: 'Received: from b' },
    { Name: 'SUBJECT', Value: 'Grüße', Raw: 'SUBJECT: =?utf-8?q?Gr=C3=BC=C3=9Fe?=' },
  ]);
});

test('raw is what the client sent, octet by octet', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: Buffer.from(RAW) });
  const response = await http.get(`/api/v1/message/${id}/raw`);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(RAW);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBeNull();
  expect((await http.store.get(id))?.read).toBe(false);
});

test('raw with dl=1 is a file named after the message', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  const response = await http.get(`/api/v1/message/${id}/raw?dl=1`);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${id}.eml"`);
});

test.for([
  { range: 'bytes=0-7', status: 206, expected: RAW.subarray(0, 8), contentRange: `bytes 0-7/${RAW.length}` },
  {
    range: 'bytes=-3',
    status: 206,
    expected: RAW.subarray(-3),
    contentRange: `bytes ${RAW.length - 3}-${RAW.length - 1}/${RAW.length}`,
  },
  {
    range: 'bytes=4-99999',
    status: 206,
    expected: RAW.subarray(4),
    contentRange: `bytes 4-${RAW.length - 1}/${RAW.length}`,
  },
  { range: `bytes=${RAW.length}-`, status: 416, expected: undefined, contentRange: `bytes */${RAW.length}` },
  { range: 'bytes=0-1,3-4', status: 200, expected: RAW, contentRange: null },
  { range: 'bytes=5-2', status: 200, expected: RAW, contentRange: null },
  { range: 'lines=0-1', status: 200, expected: RAW, contentRange: null },
])('raw with Range $range is $status', async ({ range, status, expected, contentRange }) => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: Buffer.from(RAW) });
  const response = await http.get(`/api/v1/message/${id}/raw`, { headers: { range } });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-range')).toBe(contentRange);
  const octets = Buffer.from(await response.arrayBuffer());
  expect(octets).toEqual(expected ?? Buffer.from(`The message has ${RAW.length} octets.`));
});
