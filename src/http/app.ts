import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { checkRoutes } from './api/checks.ts';
import { configRoutes } from './api/config.ts';
import { healthRoutes } from './api/health.ts';
import { filterRoutes } from './api/filters.ts';
import { htmlRoutes } from './api/html.ts';
import { infoRoutes } from './api/info.ts';
import { journeyRoutes } from './api/journey.ts';
import { messageRoutes } from './api/message.ts';
import { messagesRoutes } from './api/messages.ts';
import { createOtherMethods } from './api/other-methods.ts';
import { partRoutes } from './api/parts.ts';
import type { Ports } from './api/ports.ts';
import { chaosRoutes } from './api/chaos.ts';
import { releaseRoutes } from './api/release.ts';
import { RequestError } from './api/request-error.ts';
import { searchRoutes } from './api/search.ts';
import { sendRoutes } from './api/send.ts';
import { sendmailRoutes } from './api/sendmail.ts';
import { sessionRoutes } from './api/sessions.ts';
import { fieldsRoutes, sourceRoutes } from './api/source.ts';
import { tagRoutes } from './api/tags.ts';
import { viewRoutes } from './api/view.ts';
import { waitRoutes } from './api/wait.ts';
import { webuiRoutes } from './api/webui.ts';
import { openHtmlReader, type HtmlReader } from './html/html-reader.ts';
import { openApiDescription } from './openapi.ts';
import { isPage } from './pages.ts';
import type { Site } from './static.ts';

const MAX_BODY_BYTES = 5 * 1024 * 1024;
const TEXT = 'text/plain; charset=utf-8';

/** Builds the application: every route, but neither the guard, which stands before it, nor the feed. */
export async function buildApp(ports: Ports, site: Site): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQuerystring, maxParamLength: 400 },
    frameworkErrors: (error, request, reply) => void onError(error, request, reply as FastifyReply),
  }).withTypeProvider<TypeBoxTypeProvider>();

  const description = openApiDescription(ports.version);
  const otherMethods = createOtherMethods();
  app.addHook('onRoute', (route) => {
    description.add(route);
    otherMethods.add(route);
  });
  app.addHook('onSend', async (_request, reply) => {
    // JSON is UTF-8: it has no charset (RFC 8259 §11), and Mailpit names none.
    if (reply.getHeader('content-type') === 'application/json; charset=utf-8')
      reply.header('content-type', 'application/json');
  });
  app.setValidatorCompiler<TSchema>(
    ({ schema }) =>
      (value: unknown) =>
        Value.Check(schema, value) ? { value } : { error: new Error('it has the wrong shape') },
  );
  // What handlers return is checked by the types; a serializer made of the schema would drop what it doesn't know.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler(onError);
  app.setNotFoundHandler((request, reply) => {
    const allowed = otherMethods.findAllowed(pathOf(request));
    if (allowed === undefined) return sendNotFound(reply);
    return reply.code(405).header('Allow', allowed).type(TEXT).send('Method Not Allowed\n');
  });

  await app.register(healthRoutes, ports);
  const htmlReader = openHtmlReader(ports);
  await app.register(viewRoutes, { ...ports, site, htmlReader });
  await app.register(apiRoutes, { ports, htmlReader, prefix: '/api/v1' });
  const schema = {
    operationId: 'getOpenApi',
    summary: 'This document',
    response: { 200: Type.Unknown({ description: 'OpenAPI 3.1' }) },
  };
  const sendDescription = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.type('application/json').send(description.toJson());
  app.get('/api/v1/openapi.json', { schema }, sendDescription);
  // Where Mailpit has its own.
  const atMailpits = { ...schema, operationId: 'getSwagger', summary: 'This document, where Mailpit has its own' };
  app.get('/api/v1/swagger.json', { schema: atMailpits }, sendDescription);
  app.get('/*', async (request, reply) => {
    const path = pathOf(request);
    if (isPage(path)) return await site.sendPage(request, reply);
    const sending = site.sendFile(path, request, reply);
    return sending === undefined ? sendNotFound(reply) : await sending;
  });
  await app.ready();
  return app;

  /** Mailpit tells errors in a line of text. What went wrong with us is for the log alone. */
  function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = error.statusCode ?? 500;
    const isOurFault = status >= 500 && !(error instanceof RequestError);
    if (isOurFault) ports.log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
    return reply
      .code(status)
      .type('text/plain')
      .send(isOurFault ? 'The server failed: its log says why.' : error.message);
  }
}

const apiRoutes: FastifyPluginAsyncTypebox<{ readonly ports: Ports; readonly htmlReader: HtmlReader }> = async (
  app,
  { ports, htmlReader },
) => {
  for (const routes of [
    messagesRoutes,
    searchRoutes,
    waitRoutes,
    sendRoutes,
    sendmailRoutes,
    tagRoutes,
    filterRoutes,
    sessionRoutes,
    webuiRoutes,
    messageRoutes,
    releaseRoutes,
    chaosRoutes,
    journeyRoutes,
    sourceRoutes,
    partRoutes,
    checkRoutes,
    infoRoutes,
    configRoutes,
  ]) {
    await app.register(routes, ports);
  }
  await app.register(htmlRoutes, { ...ports, htmlReader });
  await app.register(fieldsRoutes, ports);
  app.options('/*', async (_request, reply) => reply.type('text/plain').send(''));
};

function pathOf({ url }: FastifyRequest): string {
  return url.replace(/\?.*$/s, '');
}

function sendNotFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).type(TEXT).send('File not found\n');
}

/** Of a parameter that is given twice, the first counts, as in Go. */
function parseQuerystring(text: string): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) if (!values.has(name)) values.set(name, value);
  return Object.fromEntries(values);
}
