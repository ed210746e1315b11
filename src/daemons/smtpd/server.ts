import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { toOctets } from '../../rules/octets.ts';
import type { View } from '../../rules/world.ts';
import type { Certificate } from './certificate.ts';
import { SmtpdConnection } from './connection.ts';
import { readProxyGreeting, type ProxyGreeting } from './proxied-socket.ts';
import { openSessionRules } from './rules.ts';
import type { Surroundings } from './session.ts';
import { openTlsOffer, type TlsOffer } from './tls-offer.ts';

/** How long a message that is coming in may still take when the server stops. */
const GRACE_MS = 1500;

/** smtp-server's listening socket, with connections of ours. */
export class SmtpdServer extends SMTPServer {
  readonly #surroundings: Surroundings;
  readonly #open = new Set<SmtpdConnection>();
  /** What proxies said of connections, by these connections' options. */
  readonly #proxyGreetings = new WeakMap<SMTPConnectionOptions, Exclude<ProxyGreeting, 'gone'>>();
  /** By which handshakes went. */
  readonly #terms = new WeakMap<Socket, TlsOffer['terms']>();
  #stopping = false;

  readonly #certificate: Certificate | undefined;

  /** @param certificate with it, TLS begins with the first octet */
  constructor(surroundings: Surroundings, certificate?: Certificate) {
    super({
      logger: false,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      allowHalfOpen: true,
      socketTimeout: surroundings.currentSettings().get('smtpd_timeout'),
      secure: certificate !== undefined,
    });
    this.#surroundings = surroundings;
    this.#certificate = certificate;
    this.on('error', (err: Error) => {
      // Before it listens, `bind` tells. A client that fails in the handshake is no fault of the server's.
      if (this.server.listening) surroundings.log.info({ err }, 'smtpd');
    });
  }

  /** Has the handshake that begins next go by an offer. */
  prepareTls({ context, terms }: TlsOffer): void {
    this.secureContext.set('*', context);
    // What a certificate is worth is for access rules to say.
    Object.assign(this.options, { requestCert: terms.asksCertificate, rejectUnauthorized: false });
  }

  /** Called by the parent's constructor. smtp-server's own certificate, whose key everybody has, is never loaded. */
  override updateSecureContext(): void {
    this.secureContext = new Map();
  }

  /** Whether what a client says comes behind a proxy's header. Nobody else is believed. */
  override _expectsProxyHeader(): boolean {
    return this.#readView()?.get('smtpd_upstream_proxy_protocol') === 'haproxy';
  }

  /** smtp-server knows the header as a line alone, and answers in words of its own. */
  override _handleProxy(socket: Socket, callback: Parameters<SMTPServer['_handleProxy']>[1]): void {
    const view = this.#readView();
    const protocol = view?.get('smtpd_upstream_proxy_protocol') ?? '';
    if (view === undefined || protocol === '') {
      super._handleProxy(socket, callback);
      return;
    }
    if (!this._expectsProxyHeader()) {
      this.#surroundings.log.warn({ protocol }, 'there is no such smtpd_upstream_proxy_protocol: nobody gets in');
      socket.on('error', () => {}).destroy();
      callback(new Error('a proxy is expected of which nothing is known'));
      return;
    }
    void readProxyGreeting(socket, view, this.#surroundings.clock).then((greeting) => {
      if (greeting === 'gone') {
        socket.on('error', () => {}).destroy();
        callback(new Error('the client has gone'));
        return;
      }
      const options = { id: '' };
      this.#proxyGreetings.set(options, greeting);
      callback(null, options);
    });
  }

  #readView(): View | undefined {
    const { currentRules, service } = this.#surroundings;
    return currentRules?.currentWorld().view(toOctets(service));
  }

  /** TLS begins with the first octet. */
  override _upgrade(socket: Socket, callback: Parameters<SMTPServer['_upgrade']>[1]): void {
    const { currentRules, service, log } = this.#surroundings;
    try {
      if (this.#certificate === undefined || currentRules === undefined) throw new Error('there is no certificate');
      const rules = openSessionRules(currentRules, service);
      const offer = openTlsOffer(this.#certificate, { rules, isMandatory: true });
      this.prepareTls(offer);
      super._upgrade(socket, (error, secured) => {
        if (secured !== undefined) this.#terms.set(secured, offer.terms);
        callback(error, secured);
      });
    } catch (err) {
      log.warn({ err }, 'TLS cannot begin');
      socket.destroy();
    }
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    if (this.#stopping) {
      socket.destroy();
      return;
    }
    this.options.socketTimeout = this.#surroundings.currentSettings().get('smtpd_timeout');
    const terms = this.#terms.get(socket);
    const proxy = options ? this.#proxyGreetings.get(options) : undefined;
    const connection = new SmtpdConnection(this, socket, { options, terms, proxy, surroundings: this.#surroundings });
    this.connections.add(connection);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    connection.init();
  }

  /**
   * Starts to listen.
   * @throws {Error} what the system said, with `code`, `address` and `port`
   */
  async bind(address: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      const onError = (error: Error) => reject(error);
      this.server.once('error', onError);
      this.server.listen({ host: address, port, ipv6Only: address === '::' }, () => {
        this.server.off('error', onError);
        resolve();
      });
    });
    const bound = this.server.address();
    return bound !== null && typeof bound === 'object' ? bound.port : port;
  }

  /** Stops: idle sessions are told 421 at once, those in DATA have {@link GRACE_MS} to finish. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => void this.server.close(() => resolve()));
    for (const socket of this._pendingSockets.values()) socket.destroy();
    for (const connection of this.#open) connection.leave();
    const deadline = setTimeout(() => {
      for (const connection of this.#open) connection.destroy();
    }, GRACE_MS);
    await closed;
    // The listener may be closed a moment before the last connection has written its dialogue down.
    await Promise.all([...this.#open].map((connection) => connection.closed));
    clearTimeout(deadline);
  }
}
