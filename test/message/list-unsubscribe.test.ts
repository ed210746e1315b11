import { expect, test } from 'vitest';
import { parseHeaderFields } from '../../src/message/header-fields.ts';
import { readListUnsubscribe } from '../../src/message/list-unsubscribe.ts';

const ONE_CLICK = 'List-Unsubscribe=One-Click';

test.for([
  { header: '', post: '', links: [], errors: '' },
  { header: '<https://x.test/u>', post: '', links: ['https://x.test/u'], errors: '' },
  {
    header: '<mailto:u@x.test?subject=u>, (by web) <https://x.test/u>',
    post: ONE_CLICK,
    links: ['mailto:u@x.test?subject=u', 'https://x.test/u'],
    errors: '',
  },
  { header: 'https://x.test/u', post: '', links: [], errors: 'List-Unsubscribe has no link in angle brackets' },
  {
    header: '<javascript:alert(1)>',
    post: '',
    links: ['javascript:alert(1)'],
    errors: 'not an http, https or mailto link: javascript:alert(1)',
  },
  {
    header: '<http://x.test/u>',
    post: ONE_CLICK,
    links: ['http://x.test/u'],
    errors: 'one-click needs an https link in List-Unsubscribe',
  },
  {
    header: '<https://x.test/u>',
    post: 'yes',
    links: ['https://x.test/u'],
    errors: 'List-Unsubscribe-Post must be List-Unsubscribe=One-Click',
  },
  { header: '', post: ONE_CLICK, links: [], errors: 'List-Unsubscribe-Post without List-Unsubscribe' },
])('$header with $post: $errors', ({ header, post, links, errors }) => {
  const fields = [header && `List-Unsubscribe: ${header}\r\n`, post && `list-unsubscribe-post: ${post}\r\n`].join('');
  expect(readListUnsubscribe(parseHeaderFields(Buffer.from(fields)))).toEqual({
    header,
    links,
    errors,
    headerPost: post,
  });
});
