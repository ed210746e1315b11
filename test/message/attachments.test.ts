import { expect, test } from 'vitest';
import { groupAttachments } from '../../src/message/attachments.ts';
import { parseMimeTree } from '../../src/message/mime-tree.ts';
import { multipart } from '../support/mime.ts';

const ATTACHED = { 'Content-Disposition': 'attachment' };
const INLINE = { 'Content-Disposition': 'inline' };

test.for([
  {
    type: 'image/png; name=a',
    headers: ATTACHED,
    inline: [],
    attached: ['1'],
    count: 1,
    why: 'says that it is attached',
  },
  { type: 'image/png; name=a', headers: INLINE, inline: ['1'], attached: [], count: 0, why: 'says that it is inline' },
  { type: 'image/png; name=a', headers: {}, inline: ['1'], attached: [], count: 0, why: 'says nothing' },
  {
    type: 'image/png',
    headers: { 'Content-ID': '<a>' },
    inline: ['1'],
    attached: [],
    count: 0,
    why: 'is named by HTML',
  },
  { type: 'image/png', headers: {}, inline: [], attached: [], count: 0, why: 'has no name' },
  { type: 'application/pdf', headers: ATTACHED, inline: [], attached: [], count: 1, why: 'counts without a name, too' },
  {
    type: 'application/octet-stream; name=a',
    headers: {},
    inline: [],
    attached: ['1'],
    count: 1,
    why: 'nobody can show',
  },
  { type: 'text/plain; name=a', headers: {}, inline: [], attached: [], count: 0, why: 'is read as a body' },
  { type: 'text/plain; name=a', headers: INLINE, inline: ['1'], attached: [], count: 0, why: 'is body and file' },
  { type: 'text/html; name=a', headers: ATTACHED, inline: [], attached: ['1'], count: 1, why: 'is a file' },
  { type: 'message/rfc822; name=a', headers: ATTACHED, inline: [], attached: ['1'], count: 1, why: 'is a file' },
])('$type with $headers: it $why', async ({ type, headers, inline, attached, count }) => {
  const root = await parseMimeTree(multipart([{ type, headers, content: 'x' }]), { sums: false });
  const found = groupAttachments(root);
  expect({
    inline: found.inline.map(({ partId }) => partId),
    attached: found.attached.map(({ partId }) => partId),
    count: found.attachedCount,
  }).toEqual({ inline, attached, count });
});

test('what says that it is inline comes before what says nothing', async () => {
  const raw = multipart([
    { type: 'image/png; name=a', content: 'x' },
    { type: 'image/png; name=b', headers: INLINE, content: 'x' },
  ]);
  const { inline } = groupAttachments(await parseMimeTree(raw, { sums: false }));
  expect(inline.map(({ fileName }) => fileName)).toEqual(['b', 'a']);
});

test.for([
  { type: 'application/pdf; name=a.pdf', attached: ['a.pdf'], why: 'a file is all there is' },
  { type: 'text/plain; name=a.txt', attached: [], why: 'text is the body' },
])('a message that is $type as a whole: $why', async ({ type, attached }) => {
  const root = await parseMimeTree(Buffer.from(`Content-Type: ${type}\r\n\r\nx\r\n`), { sums: false });
  expect(groupAttachments(root).attached.map(({ fileName }) => fileName)).toEqual(attached);
});
