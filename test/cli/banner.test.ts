import { describe, expect, test } from 'vitest';
import { formatBanner } from '../../src/cli/banner.ts';
import { testSettings } from '../support/settings.ts';

const facts = {
  version: '1.2.3',
  settings: testSettings({ catch_ephemeral: 'no' }),
  smtp: { host: '127.0.0.1', port: 1025 },
  inboxUrl: 'http://127.0.0.1:8025/',
  services: [],
  location: '/home/ann/.local/state/postfixture',
};

test('the banner says where everything is and how to send a first mail', () => {
  expect(formatBanner(facts, { hasColor: false })).toBe(`Postfixture 1.2.3 catches mail and sends none of it on.

  SMTP   127.0.0.1:1025
  Inbox  http://127.0.0.1:8025/
  Kept   /home/ann/.local/state/postfixture (the newest 20000, for 30 days)

Send a first mail:
  printf 'From: me@app.test\\nTo: you@app.test\\nSubject: Hello\\n\\nIt works.\\n' |
    curl -s --crlf smtp://127.0.0.1:1025 --mail-from me@app.test --mail-rcpt you@app.test -T -

Ctrl+C stops.
`);
});

test('an IPv6 address is written as URLs want it', () => {
  const banner = formatBanner({ ...facts, smtp: { host: '::1', port: 25 } }, { hasColor: false });

  expect(banner).toContain('smtp://[::1]:25 ');
});

test('only a screen gets bold type', () => {
  expect(formatBanner(facts, { hasColor: true })).toContain('\u001b[1m127.0.0.1:1025\u001b[22m');
});

describe('how long messages are kept', () => {
  test.for([
    { overrides: { catch_ephemeral: 'yes' }, kept: 'in memory, until it stops' },
    { overrides: { catch_max_age: '0' }, kept: '/home/ann/.local/state/postfixture (the newest 20000)' },
    { overrides: { catch_max_messages: '0', catch_max_age: '1d' }, kept: 'postfixture (for 1 day)' },
    { overrides: { catch_max_messages: '0', catch_max_age: '36h' }, kept: 'postfixture (for 36 hours)' },
    { overrides: { catch_max_messages: '0', catch_max_age: '0' }, kept: 'postfixture (all of it, for ever)' },
  ])('$overrides: $kept', ({ overrides, kept }) => {
    const settings = testSettings({ catch_ephemeral: 'no', ...overrides });

    expect(formatBanner({ ...facts, settings }, { hasColor: false })).toContain(`${kept}\n`);
  });
});
