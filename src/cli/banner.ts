import { styleText } from 'node:util';
import type { Server } from '../server.ts';

/** What `serve` says once it is up. */
export function formatBanner(server: Server, version: string, options: { readonly hasColor: boolean }): string {
  const strong = (text: string) => (options.hasColor ? styleText('bold', text) : text);
  const smtp = `${bracket(server.smtp.host)}:${server.smtp.port}`;
  return [
    `${strong('Postfixture')} ${version} catches mail and sends none of it on.`,
    '',
    `  SMTP   ${strong(smtp)}`,
    `  Inbox  ${strong(server.http.url)}`,
    `  Kept   ${describeKeeping(server)}`,
    '',
    'Send a first mail:',
    "  printf 'From: me@app.test\\nTo: you@app.test\\nSubject: Hello\\n\\nIt works.\\n' |",
    `    curl -s --crlf smtp://${smtp} --mail-from me@app.test --mail-rcpt you@app.test -T -`,
    '',
    'Ctrl+C stops.',
    '',
  ].join('\n');
}

function describeKeeping({ settings, store }: Server): string {
  if (settings.get('catch_ephemeral')) return 'in memory, until it stops';
  const most = settings.get('catch_max_messages');
  const bounds = [
    ...(most === 0 ? [] : [`the newest ${most}`]),
    ...(settings.get('catch_max_age') === 0 ? [] : [`for ${formatDuration(settings.get('catch_max_age'))}`]),
  ];
  return `${store.location} (${bounds.length === 0 ? 'all of it, for ever' : bounds.join(', ')})`;
}

function formatDuration(ms: number): string {
  const [size, unit] = (
    [
      [86_400_000, 'days'],
      [3_600_000, 'hours'],
      [60_000, 'minutes'],
      [1000, 'seconds'],
    ] as const
  ).find(([size]) => ms % size === 0) ?? [1, 'ms'];
  const count = ms / size;
  return `${count} ${count === 1 ? unit.replace(/s$/, '') : unit}`;
}

/** An IPv6 address as it stands in a URL (RFC 3986 §3.2.2). */
function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
