import { identifyClient } from '../../../src/rules/access/client-name.ts';
import { decideAccess } from '../../../src/rules/access/decide.ts';
import type { Reply } from '../../../src/rules/access/reply.ts';
import { openAccessState, type AccessCommand, type AccessState } from '../../../src/rules/access/state.ts';
import { readXclient } from '../../../src/rules/access/xclient.ts';
import { splitCommandLine } from '../../../src/rules/address/command-line.ts';
import { findSmtputf8 } from '../../../src/rules/address/parameters.ts';
import { parsePath } from '../../../src/rules/address/path.ts';
import { fromOctets, toOctets } from '../../../src/rules/octets.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';

/** A probe of kind `smtp`, as far as access rules see it. */
export interface SmtpProbe {
  readonly from: string;
  readonly to: readonly string[];
  readonly mail_args?: string;
  readonly rcpt_args?: string;
  readonly client?: { readonly addr: string; readonly name?: string; readonly reverse?: string };
  readonly helo?: string;
  readonly auth?: readonly [string, string];
}

/** What was answered, in the form of the vectors. */
export interface Played {
  readonly connect?: VectorReply;
  readonly helo?: VectorReply;
  readonly mail?: VectorReply;
  readonly rcpt: readonly VectorReply[];
  readonly data?: VectorReply;
  readonly dot?: VectorReply;
  readonly log: readonly string[];
}

/** A reply, as a vector has it. */
export interface VectorReply {
  readonly code: number;
  readonly enh?: string;
  readonly text: string;
}

const MAIL_OK: VectorReply = { code: 250, enh: '2.1.0', text: 'Ok' };
const RCPT_OK: VectorReply = { code: 250, enh: '2.1.5', text: 'Ok' };
const NEED_MAIL: VectorReply = { code: 503, enh: '5.5.1', text: 'Error: need MAIL command' };

/** Sends a probe's commands past the access rules, as smtpd does. @param service as master.cf has it */
export function playProbe(probe: SmtpProbe, world: RuleWorld, service = 'smtp/inet'): Played {
  const log: string[] = [];
  let state: AccessState = openAccessState(toClient(probe, world));
  const ask = (command: AccessCommand): VectorReply | undefined => {
    const decision = decideAccess(command, state, { world, service });
    log.push(...decision.log.map(({ text }) => fromOctets(text)));
    state = decision.state;
    if (decision.hangsUp) return { code: 0, text: '(connection closed)' };
    return decision.reply && toVectorReply(decision.reply);
  };
  const isPlayed = probe.client !== undefined;
  const connect = ask({ verb: 'CONNECT', isPlayed });
  if (connect !== undefined) return { connect, rcpt: [], log };

  const [, verb = '', name = ''] = /^(HELO|EHLO) (.*)$/s.exec(probe.helo ?? 'EHLO client.test') ?? [];
  const helo = verb === 'HELO' || verb === 'EHLO' ? ask({ verb, name: toOctets(name) }) : undefined;
  // QUIRK of the recording client: after a refused EHLO it goes on without.
  const [login = ''] = probe.auth ?? [];
  state = { ...state, login: toOctets(login) };
  const isMissing = state.helo === undefined && world.view(service).isYes('smtpd_helo_required');
  const mail = isMissing ? NO_HELO : playMail(probe, ask);
  if (mail.code !== 250) return { ...(helo && { helo }), mail, rcpt: probe.to.map(() => NEED_MAIL), log };
  const rcpt = probe.to.map((to) => playRcpt(to, probe, ask));
  const isTaken = rcpt.some(({ code }) => code === 250);
  const data = isTaken ? ask({ verb: 'DATA' }) : undefined;
  const dot = isTaken && data === undefined ? ask({ verb: 'END-OF-DATA' }) : undefined;
  return { ...(helo && { helo }), mail, rcpt, ...(data && { data }), ...(dot && { dot }), log };
}

const NO_HELO: VectorReply = { code: 503, enh: '5.5.1', text: 'Error: send HELO/EHLO first' };

type Ask = (command: AccessCommand) => VectorReply | undefined;

function playMail({ from, mail_args = '' }: SmtpProbe, ask: Ask): VectorReply {
  const [, , word, ...options] = splitCommandLine(`MAIL FROM:${toArgument(from)}${mail_args}`);
  const smtputf8 = findSmtputf8(options) !== undefined;
  const path = word && parsePath(word, { smtputf8, checksDomain: false });
  if (path === undefined) return { code: 501, enh: '5.1.7', text: 'Bad sender address syntax' };
  return ask({ verb: 'MAIL', sender: toOctets(path.mailbox), smtputf8 }) ?? MAIL_OK;
}

function playRcpt(to: string, { rcpt_args = '', mail_args = '' }: SmtpProbe, ask: Ask): VectorReply {
  const [, , word] = splitCommandLine(`RCPT TO:${toArgument(to)}${rcpt_args}`);
  const path = word && parsePath(word, { smtputf8: /SMTPUTF8/i.test(mail_args), checksDomain: false });
  if (path === undefined || path.mailbox === '') {
    return { code: 501, enh: '5.1.3', text: 'Bad recipient address syntax' };
  }
  return ask({ verb: 'RCPT', recipient: toOctets(path.mailbox) }) ?? RCPT_OK;
}

function toArgument(address: string): string {
  return address.startsWith('raw:') ? address.slice('raw:'.length) : `<${address}>`;
}

function toClient({ client }: SmtpProbe, world: RuleWorld) {
  const self = identifyClient({ address: '127.0.0.1', port: 4711, isEncrypted: false }, world);
  if (client === undefined) return self;
  const { addr, name, reverse } = client;
  const words = [
    `ADDR=${addr}`,
    ...(name === undefined ? [] : [`NAME=${name}`]),
    ...(reverse === undefined ? [] : [`REVERSE_NAME=${reverse}`]),
  ];
  const read = readXclient(words, self);
  if ('refusal' in read) throw new Error(read.refusal);
  return read.played.client;
}

function toVectorReply({ code, enhanced, text }: Reply): VectorReply {
  return { code, enh: enhanced, text: fromOctets(text) };
}
