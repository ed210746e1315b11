import { toOctets } from '../../rules/octets.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import type { Session } from './session.ts';

/** A login that a client asks for. */
export interface Login {
  readonly username: string;
  /** Or the token, with XOAUTH2. */
  readonly password: string;
}

/**
 * What comes of what a client sent: it is asked for more, or a login is known, or it can't be read.
 * @property challenge octets, before base64
 */
export type SaslStep =
  | { readonly challenge: string; readonly next: (response: Buffer) => SaslStep }
  | { readonly login: Login }
  | 'unreadable';

/** A mechanism begins, with or without the response that came with the command. */
type Mechanism = (response: Buffer | undefined) => SaslStep;

/** By name, in capitals. */
export const MECHANISMS: ReadonlyMap<string, Mechanism> = new Map<string, Mechanism>([
  ['PLAIN', (response) => (response === undefined ? { challenge: '', next: plain } : plain(response))],
  ['LOGIN', (response) => (response === undefined ? { challenge: 'Username:', next: login } : login(response))],
  ['XOAUTH2', (response) => (response === undefined ? { challenge: '', next: xoauth2 } : xoauth2(response))],
]);

/** @see RFC 4616 */
function plain(response: Buffer): SaslStep {
  const [, username, password, ...more] = response.toString().split('\0');
  if (username === undefined || password === undefined || more.length > 0) return 'unreadable';
  return { login: { username, password } };
}

/** @see draft-murchison-sasl-login */
function login(response: Buffer): SaslStep {
  const username = response.toString();
  return { challenge: 'Password:', next: (password) => ({ login: { username, password: password.toString() } }) };
}

/** @see https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
function xoauth2(response: Buffer): SaslStep {
  const [user = '', authorization = ''] = response.toString().split('\u0001');
  const [, username] = /^user=(.+)$/s.exec(user) ?? [];
  const [, password] = /^auth=Bearer (.+)$/is.exec(authorization) ?? [];
  return username === undefined || password === undefined ? 'unreadable' : { login: { username, password } };
}

/** Whether a login will do: any, unless catch_sasl_passwd says who may. A table that can't be asked knows nobody. */
export async function checkLogin(session: Session, { username, password }: Login): Promise<boolean> {
  const { settings, rules, signal } = session;
  const spec = settings.get('catch_sasl_passwd');
  if (spec === '' || rules === undefined) return true;
  const { world, view } = rules;
  const find = (): boolean => {
    const table = world.openTable(toOctets(spec), view.placeOf('catch_sasl_passwd'));
    return table.lookup(toOctets(username))?.value === toOctets(password);
  };
  const { value } = await rules.decide(() => orIfUnavailable(find, false), { signal });
  return value;
}
