import { fromOctets } from '../rules/octets.ts';
import type { Settings } from '../settings/settings.ts';
import { countFindings } from './format-finding.ts';

/** What the banner tells. */
export interface BannerFacts {
  readonly version: string;
  readonly settings: Settings;
  readonly smtp: { readonly host: string; readonly port: number };
  /** Every SMTP listener; the first is `smtp`. */
  readonly services: readonly { readonly name: string; readonly port: number; readonly isImplicitTls: boolean }[];
  readonly inboxUrl: string;
  /** Where messages are kept. */
  readonly location: string;
}

/** What `serve` says once it is up. */
export function formatBanner(facts: BannerFacts, { hasColor }: { readonly hasColor: boolean }): string {
  const strong = (text: string) => (hasColor ? `\u001b[1m${text}\u001b[22m` : text);
  const smtp = `${bracket(facts.smtp.host)}:${facts.smtp.port}`;
  return [
    `${strong('Postfixture')} ${facts.version} catches mail and sends none of it on.`,
    '',
    `  SMTP   ${strong(smtp)}`,
    ...facts.services.slice(1).map(({ name, port, isImplicitTls }) => {
      return `         ${strong(`${bracket(facts.smtp.host)}:${port}`)} for ${name}${isImplicitTls ? ', TLS at once' : ''}`;
    }),
    `  Inbox  ${strong(facts.inboxUrl)}`,
    `  Kept   ${describeKeeping(facts)}`,
    ...describeConfiguration(facts),
    '',
    'Send a first mail:',
    "  printf 'From: me@app.test\\nTo: you@app.test\\nSubject: Hello\\n\\nIt works.\\n' |",
    `    curl -s --crlf smtp://${smtp} --mail-from me@app.test --mail-rcpt you@app.test -T -`,
    '',
    'Ctrl+C stops.',
    '',
  ].join('\n');
}

/** Nothing where there is no main.cf. */
function describeConfiguration({ settings }: BannerFacts): readonly string[] {
  const { entries, directory } = settings.configuration;
  if (entries.length === 0) return [];
  const count = countFindings(settings.findings);
  const problems = count === '' ? '' : ` (${count}: postfixture check)`;
  return [`  Rules  ${fromOctets(directory)}/main.cf${problems}`];
}

function describeKeeping({ settings, location }: BannerFacts): string {
  if (settings.get('catch_ephemeral')) return 'in memory, until it stops';
  const most = settings.get('catch_max_messages');
  const bounds = [
    ...(most === 0 ? [] : [`the newest ${most}`]),
    ...(settings.get('catch_max_age') === 0 ? [] : [`for ${formatDuration(settings.get('catch_max_age'))}`]),
  ];
  return `${location} (${bounds.length === 0 ? 'all of it, for ever' : bounds.join(', ')})`;
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
