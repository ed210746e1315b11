import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { SmtpdServer } from './server.ts';
import { openConversation, type Conversation } from './conversation.ts';
import { readClientTls } from './handshake.ts';
import { findCertificateFault, noteTls } from './starttls.ts';
import { IntakeStream } from './intake-stream.ts';
import type { ProxyGreeting } from './proxied-socket.ts';
import { openSession, type Surroundings } from './session.ts';
import type { TlsOffer } from './tls-offer.ts';

/** How a connection came. */
export interface Arrival {
  readonly options: SMTPConnectionOptions | null | undefined;
  /** Those of its handshake, where TLS began with the first octet. */
  readonly terms: TlsOffer['terms'] | undefined;
  /** What a proxy said before it; undefined: there is none. */
  readonly proxy: Exclude<ProxyGreeting, 'gone'> | undefined;
  readonly surroundings: Surroundings;
}

/**
 * A connection of smtp-server's of which only the socket is used: its timeouts, its closing, and its TLS. What
 * is read, understood and said is the conversation's. `session.envelope` is never looked at.
 */
export class SmtpdConnection extends SMTPConnection {
  readonly #conversation: Conversation;
  /** Aborts once the connection is gone. */
  readonly #gone = new AbortController();
  /** How long a handshake may take. */
  readonly #starttlsTimeoutMs: number;
  #ended = false;
  #resolveClosed = () => {};
  /** Settles once the socket is closed. */
  readonly closed: Promise<void>;

  constructor(server: SmtpdServer, socket: Socket, { options, terms, proxy, surroundings }: Arrival) {
    super(server, socket, options);
    const tls = terms && socket instanceof TLSSocket ? readClientTls(socket, terms) : undefined;
    const seen = {
      client: { address: this.remoteAddress, port: this.remotePort },
      server: { address: this.localAddress, port: this.localPort },
    };
    const proxied = proxy && 'connection' in proxy ? proxy.connection : undefined;
    const session = openSession(surroundings, {
      start: { startedAtMs: Math.floor(surroundings.clock.nowMs()), ...(proxied ?? seen) },
      proxyFault: proxy && 'fault' in proxy ? proxy.fault : undefined,
      tls,
      certificateFault: tls && findCertificateFault(terms, tls),
      signal: this.#gone.signal,
    });
    if (proxied !== undefined) session.dialogue.note(`passed on by the proxy ${this.remoteAddress}`);
    if (tls !== undefined) noteTls(session, tls);
    this.#starttlsTimeoutMs = (session.rules?.view.seconds('smtpd_starttls_timeout') ?? 300) * 1000;
    this.#conversation = openConversation(session, {
      write: (text) => !this._socket.writable || this._socket.write(text),
      whenDrained: (callback) => void this._socket.once('drain', callback),
      hangUp: () => this.close(),
      startTls: (offer, { dropped, secured }) => {
        server.prepareTls(offer);
        this.upgrade(dropped, () => {
          this._socket.setTimeout(session.settings.get('smtpd_timeout'));
          if (!(this._socket instanceof TLSSocket)) return;
          secured(readClientTls(this._socket, offer.terms), this._socket.isSessionReused());
        });
      },
    });
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
  }

  /** Greets at once, where smtp-server waits 100 ms for early talkers. */
  override init(): void {
    this._setListeners(() => this.#conversation.greet());
  }

  /** Hangs up with 421, at once or after the message that is coming in. */
  leave(): void {
    this.#conversation.leave();
  }

  destroy(): void {
    this._socket.destroy();
  }

  /** Called by the parent's constructor, so the conversation is looked up only when octets come. */
  override _createParser(): IntakeStream {
    return new IntakeStream({
      receive: (chunk, done) => this.#conversation.receive(chunk, done),
      endOfInput: () => this.#conversation.endOfInput(),
    });
  }

  override _onTimeout(): void {
    if (this._upgrading) this.#conversation.note('TLS: no agreement within smtpd_starttls_timeout');
    if (this._closing || this._upgrading) this._socket.destroy();
    else if (!this.#conversation.timeOut()) this._armTimeout();
  }

  /** Called by the parent with the socket of a handshake that begins, too. */
  override _armTimeout(socket: Socket = this._socket): void {
    super._armTimeout(socket);
    if (socket === this._socket) return;
    socket.setTimeout(this.#starttlsTimeoutMs);
    watchHandshake(socket);
  }

  /** A client that goes away is nothing to report: the dialogue says so. */
  override _onError(error: Error & { readonly code?: string }): void {
    if (error.code?.startsWith('ERR_SSL') === true) this.#conversation.note(toHandshakeNote(error));
    this.close();
  }

  override _onClose(): void {
    super._onClose();
    if (this.#ended) return;
    this.#ended = true;
    this.#gone.abort();
    this.#conversation.end();
    this.#resolveClosed();
  }
}

/** Nobody reads before the handshake is over: that the client has gone in the middle of it is seen only by looking. */
function watchHandshake(socket: Socket): void {
  const look = () => void socket.read(0);
  const leave = () => void socket.destroy();
  socket.on('readable', look).once('end', leave);
  socket.once('secure', () => void socket.off('readable', look).off('end', leave));
}

/** Why there is no TLS: most often the client doesn't trust the certificate. */
function toHandshakeNote({ message }: Error): string {
  const why = /alert[^:]*/.exec(message)?.[0] ?? message;
  const isUntrusted = /unknown ca|bad certificate|certificate unknown/.test(why);
  const said = isUntrusted ? 'the client does not trust the certificate' : 'there is no agreement';
  return `TLS failed: ${said} (${why.trim()})`;
}
