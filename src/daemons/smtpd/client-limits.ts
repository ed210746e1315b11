import type { ErrorClass } from '../../rules/bounce/error-class.ts';
import { openHostList } from '../../rules/lists/parameter-lists.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import type { View } from '../../rules/world.ts';
import type { ClientEvent } from './client-rates.ts';
import { asksRules, blame } from './decide.ts';
import { logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import type { SessionRules } from './rules.ts';
import type { Session } from './session.ts';

/** A bound of what one client may do, and what Postfix says and logs beyond it. */
interface ClientLimit {
  readonly parameter: string;
  readonly reply: (session: Session) => string;
  readonly log: string;
  /** QUIRK: the postmaster isn't told of it. */
  readonly isUntold?: true;
}

const toTooManyConnections = ({ settings, peer }: Session): string =>
  `421 4.7.0 ${settings.get('myhostname')} Error: too many connections from ${peer.address}`;

const COUNT: ClientLimit = {
  parameter: 'smtpd_client_connection_count_limit',
  reply: toTooManyConnections,
  log: 'Connection concurrency limit exceeded',
};

const RATES: Readonly<Record<ClientEvent, ClientLimit>> = {
  connection: {
    parameter: 'smtpd_client_connection_rate_limit',
    reply: toTooManyConnections,
    log: 'Connection rate limit exceeded',
    isUntold: true,
  },
  message: {
    parameter: 'smtpd_client_message_rate_limit',
    reply: ({ peer }) => `450 4.7.1 Error: too much mail from ${peer.address}`,
    log: 'Message delivery request rate limit exceeded',
  },
  recipient: {
    parameter: 'smtpd_client_recipient_rate_limit',
    reply: ({ peer }) => `450 4.7.1 Error: too many recipients from ${peer.address}`,
    log: 'Recipient address rate limit exceeded',
  },
  auth: {
    parameter: 'smtpd_client_auth_rate_limit',
    reply: ({ peer }) => `450 4.7.1 Error: too many AUTH commands from ${peer.address}`,
    log: 'AUTH command rate limit exceeded',
  },
  'new TLS session': {
    parameter: 'smtpd_client_new_tls_session_rate_limit',
    reply: (session) =>
      `421 4.7.0 ${session.settings.get('myhostname')} Error: too many new TLS sessions from ${toPeerText(session)}`,
    log: 'New TLS session rate limit exceeded',
  },
};

const ALL: readonly ClientLimit[] = [COUNT, ...Object.values(RATES)];

/** Whether what clients do is counted: some limit is set. @see postconf(5), smtpd_client_connection_rate_limit */
export function hasClientLimits(view: View): boolean {
  return view.once('client limits', () => ALL.some(({ parameter }) => view.integer(parameter) > 0));
}

/** Whether no limit holds for a client. A list that can't be asked has nobody in it. */
export function isExemptFromLimits({ view, world }: SessionRules, { name, address }: Session['peer']): boolean {
  const list = () => openHostList('smtpd_client_event_limit_exceptions', view, world);
  return orIfUnavailable(() => list().has({ name, address }, { stage: 'smtpd', steps: [] }), false);
}

/** The client has connected, or is played from now on: counts it. @returns the reply if that is too often */
export function countConnection(session: Session): string | undefined {
  const { rules, rates, peer, allowance } = session;
  session.tally?.[Symbol.dispose]();
  session.tally = undefined;
  if (rules === undefined || !allowance.isCounted) return undefined;
  const { view } = rules;
  const service = toServiceName(session);
  const unitSeconds = view.seconds('anvil_rate_time_unit');
  const tally = rates.connect({ service, address: peer.address, unitSeconds });
  session.tally = tally;
  const beyond = refuseBeyond(session, COUNT, tally.connectionCount);
  return beyond ?? refuseBeyond(session, RATES.connection, tally.peek('connection'));
}

/** The client does something that may be done but so often: counts it. @returns the reply if it was too often */
export function countEvent(session: Session, event: Exclude<ClientEvent, 'connection'>): string | undefined {
  const { tally, rules } = session;
  const limit = RATES[event];
  if (tally === undefined || rules === undefined || rules.view.integer(limit.parameter) === 0) return undefined;
  return refuseBeyond(session, limit, tally.count(event));
}

/** STARTTLS of a client that had too many new TLS sessions already. */
export function refuseTls(session: Session): string | undefined {
  const { tally, rules } = session;
  const limit = rules?.view.integer(RATES['new TLS session'].parameter) ?? 0;
  if (tally === undefined || limit === 0 || tally.peek('new TLS session') <= limit) return undefined;
  const peer = toPeerText(session);
  const reply = `454 4.7.0 Error: too many new TLS sessions from ${peer}`;
  const warning = `Refusing STARTTLS request from ${peer} for service ${toServiceName(session)}`;
  return refuse(session, reply, { warning, errorClass: 'policy' });
}

function refuseBeyond(session: Session, broken: ClientLimit, count: number): string | undefined {
  const limit = session.rules?.view.integer(broken.parameter) ?? 0;
  if (limit === 0 || count <= limit) return undefined;
  const where = `${count} from ${toPeerText(session)} for service ${toServiceName(session)}`;
  const errorClass = broken.isUntold === true ? undefined : 'policy';
  return refuse(session, broken.reply(session), { warning: `${broken.log}: ${where}`, errorClass });
}

/** How much mail a client may send is policy: in catch mode a remark says what Postfix would do. */
function refuse(
  session: Session,
  reply: string,
  { warning, errorClass }: { readonly warning: string; readonly errorClass: ErrorClass | undefined },
): string | undefined {
  logSession(session, `warning: ${warning}`);
  if (asksRules(session)) return blame(session, errorClass, reply);
  session.dialogue.note(`Postfix would say: ${reply}`);
  return undefined;
}

/** The first field of its line in master.cf. */
function toServiceName({ service }: Session): string {
  return service.slice(0, Math.max(0, service.lastIndexOf('/')));
}
