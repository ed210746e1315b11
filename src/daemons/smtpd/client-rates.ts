import type { Clock } from '../../clock.ts';

/** What is counted of a client in each time unit. */
export type ClientEvent = 'connection' | 'message' | 'recipient' | 'auth' | 'new TLS session';

/** How often each client of each service does what, over all sessions. @see anvil(8) */
export interface ClientRates {
  /**
   * A client has connected: counts it.
   * @param client.unitSeconds anvil_rate_time_unit
   */
  connect(client: { readonly service: string; readonly address: string; readonly unitSeconds: number }): ClientTally;
}

/** One connection of a client. It is over once this is disposed of. */
export interface ClientTally extends Disposable {
  /** How many connections the client has now. */
  readonly connectionCount: number;
  /** Counts an event. @returns how many there were in this time unit */
  count(event: ClientEvent): number;
  /** How many there were in this time unit. */
  peek(event: ClientEvent): number;
}

interface Client {
  connectionCount: number;
  /** When the time unit began, in whole seconds; it ends with the first event after it. */
  startSeconds: number;
  readonly unitSeconds: number;
  events: Map<ClientEvent, number>;
}

/** With so many clients, those that are gone are looked for. */
const MANY_CLIENTS = 1000;

/** Opens one that knows no client yet. */
export function openClientRates({ clock }: { readonly clock: Clock }): ClientRates {
  const clients = new Map<string, Client>();
  const nowSeconds = () => Math.floor(clock.nowMs() / 1000);
  const isOver = ({ startSeconds, unitSeconds }: Client) => startSeconds + unitSeconds < nowSeconds();
  const forget = () => {
    for (const [key, client] of clients) if (client.connectionCount === 0 && isOver(client)) clients.delete(key);
  };
  const find = (key: string, unitSeconds: number): Client => {
    const known = clients.get(key);
    if (known !== undefined) return known;
    if (clients.size >= MANY_CLIENTS) forget();
    const fresh = { connectionCount: 0, startSeconds: nowSeconds(), unitSeconds, events: new Map() };
    clients.set(key, fresh);
    return fresh;
  };
  return {
    connect({ service, address, unitSeconds }) {
      const client = find(`${service}:${address}`, unitSeconds);
      let isConnected = true;
      const peek = (event: ClientEvent) => (isOver(client) ? 0 : (client.events.get(event) ?? 0));
      const count = (event: ClientEvent) => {
        if (isOver(client)) {
          client.startSeconds = nowSeconds();
          client.events = new Map();
        }
        const counted = peek(event) + 1;
        client.events.set(event, counted);
        return counted;
      };
      client.connectionCount += 1;
      count('connection');
      return {
        get connectionCount() {
          return client.connectionCount;
        },
        count,
        peek,
        [Symbol.dispose]() {
          if (isConnected) client.connectionCount -= 1;
          isConnected = false;
        },
      };
    },
  };
}
