import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { Certificate } from './certificate.ts';
import { SmtpdConnection } from './connection.ts';
import type { Surroundings } from './session.ts';

/** How long a message that is coming in may still take when the server stops. */
const GRACE_MS = 1500;

/** smtp-server's listening socket, with connections of ours. */
export class SmtpdServer extends SMTPServer {
  readonly #surroundings: Surroundings;
  readonly #open = new Set<SmtpdConnection>();
  #stopping = false;

  /** @param certificate with it, TLS begins with the first octet */
  constructor(surroundings: Surroundings, certificate?: Certificate) {
    super({
      logger: false,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      allowHalfOpen: true,
      socketTimeout: surroundings.currentSettings().get('smtpd_timeout'),
      ...(certificate && { secure: true, key: certificate.key, cert: certificate.chain }),
    });
    this.#surroundings = surroundings;
    this.on('error', (err: Error) => {
      // Before it listens, `bind` tells. A client that fails in the handshake is no fault of the server's.
      if (this.server.listening) surroundings.log.info({ err }, 'smtpd');
    });
  }

  /** Has TLS begin with this certificate from now on. */
  useCertificate({ key, chain }: Certificate): void {
    if (this.options.cert === chain) return;
    super.updateSecureContext({ key, cert: chain });
  }

  /** Called by the parent's constructor. smtp-server's own certificate, whose key everybody has, is never loaded. */
  override updateSecureContext(options?: object): void {
    if (this.options.secure === true) super.updateSecureContext(options);
    else this.secureContext = new Map();
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    if (this.#stopping) {
      socket.destroy();
      return;
    }
    this.options.socketTimeout = this.#surroundings.currentSettings().get('smtpd_timeout');
    const connection = new SmtpdConnection(this, socket, options, this.#surroundings);
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
