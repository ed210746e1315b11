import { expect, test } from 'vitest';
import { checkListFileComments } from '../../../src/rules/check/match-list-comment.ts';
import { checkTrailingComments } from '../../../src/rules/check/trailing-comment.ts';
import { findIn } from '../../support/checked.ts';

/** As Postfix 3.7.11 says. */
test.for([
  {
    main: 'mydestination = a.test # my comment, here',
    line: 'warning: mydestination: comment at end of line is not supported: # my comment, here',
  },
  {
    main: 'mynetworks = 127.0.0.0/8 #nets more',
    line: 'warning: mynetworks: comment at end of line is not supported: #nets more',
  },
  {
    main: 'relay_domains = relay.test #rel',
    line: 'warning: relay_domains: comment at end of line is not supported: #rel ',
  },
  {
    main: 'smtpd_sender_restrictions = reject_unlisted_sender #my cmt',
    line: 'warning: unknown smtpd restriction: "#my"',
  },
  {
    main: 'virtual_alias_maps = inline:{a=b} # x',
    line: 'fatal: open dictionary: expecting "type:name" form instead of "#"',
  },
  { main: 'smtpd_banner = $myhostname # hello', line: undefined },
])('$main', async ({ main, line }) => {
  const [finding] = await findIn(checkTrailingComments, { 'main.cf': main });
  expect(finding?.code).toBe('trailing-comment');
  expect(finding?.postfixLine).toBe(line);
});

test('from 3.8 on postconf tells of every comment', async () => {
  const main = 'smtpd_banner = $myhostname # my comment, here is a long one and more\ncatch_postfix_version = 3.8\n';
  expect((await findIn(checkTrailingComments, { 'main.cf': main }))[0]?.postfixLine).toBe(
    'warning: /etc/postfix/main.cf: #comment after other text is not allowed: # my comment, here is ...',
  );
});

test('in a file of a list a comment behind an entry is told, one on a line of its own is not', async () => {
  const files = {
    'main.cf': 'virtual_alias_domains = v.test /etc/postfix/vd',
    vd: '# sound\nw.test # in file\nz.test\n',
  };
  expect(await findIn(checkListFileComments, files)).toMatchObject([
    {
      code: 'list-file-comment',
      at: { file: '/etc/postfix/vd', line: 2, column: 8 },
      postfixLine: 'warning: virtual_alias_domains: comment at end of line is not supported: # in file?',
    },
  ]);
});
