import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web site of another origin, as a developer may have open beside the inbox. */
export interface ForeignSite extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Paths that were asked of it, but for its own page. */
  readonly requests: readonly string[];
}

/** Serves `html` at `/`, and notes every other request: a canary. */
export async function openForeignSite(html: string): Promise<ForeignSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    } else {
      if (request.url !== '/favicon.ico') requests.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'text/plain', 'access-control-allow-origin': '*' }).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
