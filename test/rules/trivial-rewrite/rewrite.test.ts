import { expect, test } from 'vitest';
import {
  rewriteAddress,
  rewriteInternalAddress,
  type RewriteContext,
} from '../../../src/rules/trivial-rewrite/rewrite.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const NAMES = 'myhostname = mail.example.com\nmydomain = example.com\n';

async function openView(mainCf = '') {
  await using opened = await openTestWorld({ mainCf: NAMES + mainCf });
  return opened.world.view('rewrite/unix');
}

test.for<{ from: string; to: string; mainCf?: string; context?: RewriteContext; why: string }>([
  { from: 'joe', to: 'joe@mail.example.com', why: 'myorigin is appended' },
  { from: 'joe', to: 'joe@example.com', mainCf: 'myorigin = $mydomain\n', why: 'whatever it is' },
  { from: 'joe', to: 'joe', mainCf: 'append_at_myorigin = no\n', why: 'unless it is not wanted' },
  { from: 'joe', to: 'joe', context: 'remote', why: 'nor is it in headers of others' },
  {
    from: 'joe',
    to: 'joe@far.test',
    context: 'remote',
    mainCf: 'remote_header_rewrite_domain = far.test\n',
    why: 'unless these have a domain of their own',
  },
  { from: 'joe@host', to: 'joe@host.example.com', mainCf: 'append_dot_mydomain = yes\n', why: 'mydomain is appended' },
  { from: 'joe@[1.2.3.4]', to: 'joe@[1.2.3.4]', mainCf: 'append_dot_mydomain = yes\n', why: 'but not to a literal' },
  { from: 'joe@', to: 'joe@', mainCf: 'append_dot_mydomain = yes\n', why: 'nor to nothing' },
  { from: 'host!joe', to: 'joe@host', why: 'a bang path is swapped' },
  { from: 'a!b!joe', to: 'b!joe@a', why: 'the first host comes first' },
  { from: 'host!joe@dom', to: 'host!joe@dom', why: 'a domain makes it a local part' },
  { from: 'joe%a%b', to: 'joe%a@b', why: 'the last percent sign becomes an at sign' },
  { from: 'host!joe%c', to: 'joe%c@host', why: 'bangs go first' },
  { from: 'a!joe%b', to: 'a!joe@b', mainCf: 'swap_bangpath = no\n', why: 'unless they mean nothing' },
  { from: 'a%b', to: 'a%b@mail.example.com', mainCf: 'allow_percent_hack = no\n', why: 'nor do percent signs' },
  { from: '@a,@b:joe@c', to: 'joe@c', why: 'a source route is dropped' },
  { from: '@a:', to: '@a:""', why: 'a route to nobody stays' },
  { from: 'joe@dom.', to: 'joe@dom', why: 'a dot at the end is taken away' },
  { from: 'joe@dom..', to: 'joe@dom..', why: 'two stay' },
  { from: '@', to: '""', why: 'a lone at sign is nobody' },
  { from: '""', to: '""', why: 'nobody stays nobody' },
  { from: 'joe blow', to: '"joe blow"@mail.example.com', why: 'two words are one local part' },
  { from: 'a(note)b@x', to: '"a (note) b"@x', why: 'a comment is part of it' },
  { from: '"joe@x"@dom', to: '"joe@x"@dom', why: 'quotes stay where they are needed' },
  { from: '"joe"@dom', to: 'joe@dom', why: 'and go where they are not' },
])('$from becomes $to: $why', async ({ from, to, mainCf, context = 'local' }) => {
  expect(rewriteAddress(from, context, await openView(mainCf))).toBe(to);
});

test('an address in internal form stays in it', async () => {
  const view = await openView();
  expect(rewriteInternalAddress('joe blow', 'local', view)).toBe('joe blow@mail.example.com');
  expect(rewriteInternalAddress('joe@x@dom', 'local', view)).toBe('joe@x@dom');
  expect(rewriteInternalAddress('', 'local', view)).toBe('');
});
