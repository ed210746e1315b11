import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_POLICY } from './security-headers.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.webmanifest', 'application/manifest+json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);
const COMPRESSED_ALREADY: ReadonlySet<string> = new Set(['.png', '.ico', '.woff2']);
/** The bundler names these after their content. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;
const NOT_BUILT = 'The page is not built: run "npm run build", then start again. The API works without it.\n';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

type Encoding = 'br' | 'gzip';

interface SiteFile {
  readonly path: string;
  readonly extension: string;
  readonly octets: Buffer;
  readonly tag: string;
  /** Made at the first request for it. */
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

/** The built page: a fixed map of files, read at the start. No request's path ever reaches the file system. */
export interface Site {
  /** Sends the file at `path`. @returns undefined if there is none */
  sendFile(path: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined;
  /** Sends the page itself, or says how to build it. */
  sendPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

/**
 * Reads the built page.
 * @param directory where it is; by default beside the bundle, or where the build puts it
 */
export async function openSite(directory = defaultDirectory()): Promise<Site> {
  const files = new Map((await readFiles(directory)).map((file) => [file.path, file]));
  const page = files.get('/index.html');
  return {
    sendFile(path, request, reply) {
      const file = path === '/index.html' ? undefined : files.get(path);
      return file && send(file, request, reply);
    },
    async sendPage(request, reply) {
      if (page === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
      reply.header('Content-Security-Policy', PAGE_POLICY).header('Cross-Origin-Opener-Policy', 'same-origin');
      return await send(page, request, reply);
    },
  };
}

function defaultDirectory(): string {
  const beside = fileURLToPath(new URL('./web', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/web', import.meta.url));
}

async function readFiles(directory: string): Promise<readonly SiteFile[]> {
  if (!existsSync(directory)) return [];
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  return await Promise.all(
    names
      .filter((entry) => entry.isFile() && TYPES.has(extname(entry.name)))
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const octets = await readFile(file);
        return {
          path: file
            .slice(directory.replace(/[/\\]$/, '').length)
            .split(sep)
            .join('/'),
          extension: extname(file),
          octets,
          tag: createHash('sha256').update(octets).digest('base64url').slice(0, 16),
          encoded: new Map(),
        };
      }),
  );
}

async function send(file: SiteFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const encoding = COMPRESSED_ALREADY.has(file.extension)
    ? undefined
    : chooseEncoding(request.headers['accept-encoding']);
  const tag = `"${file.tag}${encoding === undefined ? '' : `-${encoding}`}"`;
  reply
    .type(TYPES.get(file.extension) ?? 'application/octet-stream')
    .header('ETag', tag)
    .header('Vary', 'Accept-Encoding')
    .header('Cache-Control', HASHED.test(file.path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (encoding === undefined) return reply.send(file.octets);
  return reply.header('Content-Encoding', encoding).send(await encode(file, encoding));
}

function chooseEncoding(accepted: string | undefined): Encoding | undefined {
  const names = (accepted ?? '').split(',').filter((item) => !/;\s*q=0(?:\.0*)?\s*$/.test(item));
  return (['br', 'gzip'] as const).find((encoding) => names.some((item) => item.split(';')[0]?.trim() === encoding));
}

function encode(file: SiteFile, encoding: Encoding): Promise<Buffer> {
  const known = file.encoded.get(encoding);
  if (known) return known;
  const made =
    encoding === 'br'
      ? brotli(file.octets, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : gzipped(file.octets, { level: 9 });
  file.encoded.set(encoding, made);
  return made;
}
