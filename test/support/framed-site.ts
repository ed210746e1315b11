import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web site whose page holds others in frames. */
export interface FramedSite extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`; the page is at `/`. */
  readonly origin: string;
  /** What was asked for that isn't there: something in a frame wanted it. */
  readonly requests: readonly string[];
}

/** How the pages in the frames are served. */
export interface FrameOptions {
  /** Of the replies with them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the `iframe` elements. */
  readonly attributes?: string;
}

/** Serves each of `pages` at `/NAME`, and at `/` one page with all of them in frames of these names. */
export async function openFramedSite(
  pages: ReadonlyMap<string, string>,
  { headers = {}, attributes = '' }: FrameOptions = {},
): Promise<FramedSite> {
  const requests: string[] = [];
  const frames = [...pages.keys()].map((name) => `<iframe name="${name}" src="/${name}" ${attributes}></iframe>`);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const page = pages.get(path.slice(1));
    if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(frames.join(''));
    else if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(page);
    } else {
      if (path !== '/favicon.ico') requests.push(path);
      response.writeHead(204).end();
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
