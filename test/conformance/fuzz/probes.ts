// What is asked in random cases.
import { DOMAINS, pickAddress, pickInternalAddress, pickLocalPart, pickPath } from './addresses.ts';
import type { Random } from './random.ts';

/** A message. */
export interface SmtpFuzzProbe {
  readonly kind: 'smtp';
  readonly from: string;
  readonly to: readonly string[];
  readonly mail_args?: string;
  readonly rcpt_args?: string;
  readonly helo?: string;
  readonly auth?: readonly [user: string, password: string];
  readonly client?: { readonly addr: string; readonly name: string; readonly reverse?: string };
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly want_headers?: true;
  readonly want_body?: true;
  readonly want_full?: true;
}

/** Addresses that trivial-rewrite(8) is asked about. */
export interface AddressFuzzProbe {
  readonly kind: 'resolve' | 'rewrite';
  readonly sender?: string;
  readonly rule?: 'local' | 'remote';
  readonly addrs: readonly string[];
}

/** A question. */
export type FuzzProbe = SmtpFuzzProbe | AddressFuzzProbe;

/**
 * A question of any kind; most are messages.
 * @param options.hasAuth whether a client may log in
 */
export function makeProbe(random: Random, { hasAuth }: { readonly hasAuth: boolean }): FuzzProbe {
  if (random.chance(10)) {
    const sender = random.chance(40) ? '' : pickInternalAddress(random);
    return { kind: 'resolve', sender, addrs: pickAddresses(random) };
  }
  if (random.chance(6)) {
    // What is said of an empty address, the next probe of another kind would show.
    const addrs = pickAddresses(random).filter((address) => address !== '');
    return { kind: 'rewrite', rule: random.pick(['local', 'remote']), addrs };
  }
  return { ...makeMessage(random), ...(hasAuth && random.chance(25) && { auth: random.pick(LOGINS) }) };
}

function pickAddresses(random: Random): readonly string[] {
  return [...new Set(random.times(6, 10, () => pickInternalAddress(random)))];
}

function makeMessage(random: Random): SmtpFuzzProbe {
  const isDashed = random.chance(6);
  return {
    kind: 'smtp',
    from: random.chance(12) ? '' : random.chance(45) ? 's@origin.test' : pickPath(random),
    to: random.times(1, 3, () => pickPath(random)),
    ...(random.chance(10) && { mail_args: random.pick(MAIL_ARGS) }),
    ...(random.chance(12) && { rcpt_args: random.pick(RCPT_ARGS) }),
    ...(random.chance(8) && { helo: random.pick(HELOS) }),
    ...(random.chance(20) && { client: random.pick(CLIENTS) }),
    ...(random.chance(35) && { headers: makeHeaders(random), want_headers: true as const }),
    ...(random.chance(15) && { body: random.pick(BODIES), want_body: true as const }),
    ...(isDashed && { want_full: true as const }),
  };
}

const MAIL_ARGS = [
  ' SIZE=100',
  ' BODY=8BITMIME',
  ' RET=HDRS ENVID=a+2Bb',
  ' RET=FULL',
  ' SMTPUTF8',
  ' SMTPUTF8 BODY=8BITMIME',
  ' BODY=7BIT SIZE=1',
  ' SIZE=1500',
  ' SIZE=40000',
  ' BODY=BINARYMIME',
  ' RET=NONE',
  ' ENVID=a=b',
  ' AUTH=<>',
] as const;
const RCPT_ARGS = [
  ' NOTIFY=SUCCESS',
  ' NOTIFY=SUCCESS,FAILURE',
  ' NOTIFY=NEVER',
  ' NOTIFY=DELAY',
  ' ORCPT=rfc822;first@orig.test',
  ' NOTIFY=FAILURE ORCPT=rfc822;a+2Bb@orig.test',
  ' NOTIFY=SUCCESS,DELAY,FAILURE ORCPT=utf-8;a\\x{e9}b@orig.test',
  ' ORCPT=x400;/c=de/',
  ' NOTIFY=NEVER,SUCCESS',
  ' ORCPT=nosemicolon',
  ' FOO=bar',
] as const;
const HELOS = [
  'HELO client.test',
  'HELO bad_helo',
  'EHLO [192.0.2.5]',
  'HELO host',
  '',
  'EHLO mail.example.com',
] as const;
const LOGINS = [
  ['alice', 'secret'],
  ['bob@example.com', 'secret'],
] as const;
const CLIENTS = [
  { addr: '192.0.2.5', name: 'stranger.test' },
  { addr: '192.0.2.5', name: 'stranger.test' },
  { addr: '192.0.2.5', name: '[UNAVAILABLE]' },
  { addr: '192.0.2.129', name: 'a.stranger.test' },
  { addr: '198.51.100.7', name: '[TEMPUNAVAIL]' },
  { addr: '192.0.2.5', name: '[UNAVAILABLE]', reverse: 'stranger.test' },
] as const;

const BODIES = [
  'first spam\nsecond\n\n> third\n',
  'x\n',
  'From here\n.dot\n..dots\n',
  'é\n',
  `${'long '.repeat(300)}\n`,
  '\n\n',
  '',
  `${'z'.repeat(3000)}\nafter\n`,
  '--b\nContent-Type: multipart/digest; boundary=c\n\n--c\n\nSubject: é spam\n\nfirst x\n--c--\n--b--\n',
  '--b\nContent-Type: text/plain\nX-Note: part\n\nfirst part\n--b\nContent-Type: message/rfc822\n\nFrom: in@remote.test\nSubject: spam\n\nbody\n--b--\nafter spam\n',
] as const;

function makeHeaders(random: Random): readonly (readonly [string, string])[] {
  const chosen = HEADERS.filter(({ percent }) => random.chance(percent));
  return chosen.map(({ name, make }) => [name, make(random)] as const);
}

const makeAddressList = (random: Random): string =>
  random.times(1, 3, () => makeMailbox(random)).join(random.pick([', ', ',\n  ', ',']));

/** As headers have an address. */
function makeMailbox(random: Random): string {
  const address = pickAddress(random);
  return random.pick([
    address,
    address,
    `<${address}>`,
    `Ann <${address}>`,
    `"Bob, the \\"second\\"" <${address}>`,
    `${address} (a comment)`,
    `(c) Carol (d) <${address}>`,
    `group: ${address}, ${pickAddress(random)};`,
    `<@${random.pick(DOMAINS)}:${address}>`,
    `Ann Example <${pickLocalPart(random)}>, `,
    'undisclosed-recipients:;',
    '<>',
    `${pickLocalPart(random)} @ ${random.pick(DOMAINS)}`,
    'Ann Example',
  ]);
}

const HEADERS: readonly {
  readonly percent: number;
  readonly name: string;
  readonly make: (random: Random) => string;
}[] = [
  { percent: 8, name: 'Return-Path', make: () => '<x@y.test>' },
  { percent: 8, name: 'Received', make: () => 'from a.test by b.test; Fri, 1 Jan 1999 00:00:00 +0000' },
  { percent: 10, name: 'Delivered-To', make: pickAddress },
  { percent: 75, name: 'From', make: makeMailbox },
  { percent: 10, name: 'Sender', make: makeMailbox },
  { percent: 70, name: 'To', make: makeAddressList },
  { percent: 40, name: 'Cc', make: makeAddressList },
  { percent: 10, name: 'Bcc', make: makeAddressList },
  { percent: 30, name: 'Reply-To', make: makeAddressList },
  { percent: 6, name: 'Resent-From', make: makeMailbox },
  { percent: 6, name: 'Resent-To', make: makeAddressList },
  { percent: 3, name: 'Resent-Date', make: () => 'Fri, 1 Jan 1999 00:00:00 +0000' },
  { percent: 3, name: 'Resent-Message-Id', make: () => '<again@origin.test>' },
  { percent: 4, name: 'From', make: makeAddressList },
  { percent: 3, name: 'Return-Receipt-To', make: makeMailbox },
  { percent: 3, name: 'Disposition-Notification-To', make: makeMailbox },
  { percent: 3, name: 'Mail-Followup-To', make: makeAddressList },
  { percent: 3, name: 'X-Original-To', make: pickAddress },
  { percent: 3, name: 'Auto-Submitted', make: () => 'auto-replied' },
  { percent: 10, name: 'Errors-To', make: makeMailbox },
  {
    percent: 60,
    name: 'Subject',
    make: (random) => random.pick(['probe', 'spam: buy', 'é', 'two\n lines', '', 'word '.repeat(20)]),
  },
  { percent: 60, name: 'Date', make: () => 'Fri, 1 Jan 1999 00:00:00 +0000' },
  { percent: 60, name: 'Message-Id', make: () => '<probe@origin.test>' },
  { percent: 10, name: 'X-Note', make: (random) => random.pick(['one', 'a\n\tb', 'x'.repeat(90), 'y'.repeat(400)]) },
  {
    percent: 15,
    name: 'Content-Type',
    make: (random) =>
      random.pick(['text/plain', 'multipart/mixed; boundary=b', 'multipart/mixed;\n boundary="b"', 'message/rfc822']),
  },
  {
    percent: 6,
    name: 'Content-Transfer-Encoding',
    make: (random) => random.pick(['8bit', '7bit', 'base64', 'quoted-printable']),
  },
  { percent: 4, name: 'Content-Length', make: () => '10' },
  {
    percent: 3,
    name: '',
    make: (random) => random.pick(['no header at all', 'Broken : yes', 'From s@x.test Fri Jan 1']),
  },
];
