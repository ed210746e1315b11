import { expect, test } from 'vitest';
import { findRemoteContent } from '../../../web/src/message/remote-content.ts';

test.for([
  { html: '<img src="https://cdn.test/a.png"><img src=https://cdn.test/b.png>', count: 2, hosts: ['cdn.test'] },
  { html: '<td background="//cdn.test/a.png">', count: 1, hosts: ['cdn.test'] },
  { html: `<p style="background:url('http://a.test/x')">`, count: 1, hosts: ['a.test'] },
  { html: '<link rel="stylesheet" href="https://fonts.test/c">', count: 1, hosts: ['fonts.test'] },
  { html: '<img src="cid:logo"><img src="data:image/png,x">', count: 0, hosts: [] },
  { html: '<a href="https://example.com">', count: 0, hosts: [] },
])('$html would load $count from $hosts', ({ html, count, hosts }) => {
  expect(findRemoteContent(html)).toEqual({ count, hosts });
});
