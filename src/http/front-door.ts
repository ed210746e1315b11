import { STATUS_CODES, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../log.ts';
import { FEED_PATH, type Feed } from './feed.ts';
import type { Guard, Refusal } from './guard.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What is behind the door. */
export interface FrontDoor {
  readonly guard: Guard;
  readonly route: RequestListener;
  readonly feed: Feed;
  readonly log: Log;
}

/**
 * Puts the one door on a server: every request, for whatever path, and every upgrade is first shown to the guard, so
 * that no route can be outside it.
 */
export function attachFrontDoor(server: Server, { guard, route, feed, log }: FrontDoor): void {
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const refusal = guard(request);
    if (refusal) {
      logRefusal(refusal, request, log);
      refuse(refusal, response);
      return;
    }
    // A body is what it is, whatever it is called: as in Mailpit.
    delete request.headers['content-type'];
    route(request, response);
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      handBack(server, request, { socket, head });
      return;
    }
    const refusal = guard(request);
    if (refusal) {
      logRefusal(refusal, request, log);
      endUpgrade(socket, refusal.status, refusal.text);
    } else if (request.url?.replace(/\?.*$/s, '') === FEED_PATH) feed.accept(request, socket, head);
    else endUpgrade(socket, 404, 'File not found');
  });
}

function logRefusal({ status, text }: Refusal, { method, url }: IncomingMessage, log: Log): void {
  log.warn({ status, method, url }, text);
}

function refuse({ status, text }: Refusal, response: ServerResponse): void {
  // Whatever body is on its way isn't read.
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${text}\n`);
}

function endUpgrade(socket: Duplex, status: number, text: string): void {
  const headers = { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}\n`);
}

/**
 * Handles a request that offers another protocol (Java's client offers HTTP/2 with every first one) as if it didn't:
 * it is written anew without the offer, and read again. Node 20 can't decline an upgrade.
 */
function handBack(
  server: Server,
  request: IncomingMessage,
  { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
): void {
  const lines = [`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/${request.httpVersion}`];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? '';
    if (!/^(?:connection|upgrade|http2-settings)$/i.test(name))
      lines.push(`${name}: ${request.rawHeaders[i + 1] ?? ''}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
