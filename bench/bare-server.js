// The yardstick: smtp-server as it comes, discarding what it gets, with its greeting wait removed and handlers that call
// back at once. Prints its port.
import { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';

class ImmediateConnection extends SMTPConnection {
  init() {
    this._setListeners(() => this.connectionReady());
  }
}

class BareServer extends SMTPServer {
  connect(socket, socketOptions) {
    const connection = new ImmediateConnection(this, socket, socketOptions);
    this.connections.add(connection);
    connection.on('error', (error) => this._onError(error));
    connection.on('connect', (data) => this._onClientConnect(data));
    connection.init();
  }
}

const server = new BareServer({
  hideSTARTTLS: true,
  authOptional: true,
  disableReverseLookup: true,
  logger: false,
  onConnect: (_session, done) => done(),
  onMailFrom: (_address, _session, done) => done(),
  onRcptTo: (_address, _session, done) => done(),
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => done());
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
