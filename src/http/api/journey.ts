import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AskError } from '../../rules/asked-mail.ts';
import { getJudgedMessage, LatestQuery } from './find-message.ts';
import { toJourney } from './journey-wire.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { ExplainRequest, Journey } from './schemas/journey.ts';
import { BadRequest, jsonBody, NotFound } from './schemas/reply.ts';

/** `/message/{ID}/journey`, where Postfix would take a message; `/explain`, the same for mail that nobody sent. */
export const journeyRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const ofMessage = {
    operationId: 'getJourney',
    summary: 'Where Postfix would take the message, and why',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: Journey, 404: NotFound },
  };
  app.get('/message/:id/journey', { schema: ofMessage }, async ({ params, query }) => {
    const { id } = await getJudgedMessage(ports, params.id, query);
    const journey = await ports.store.journey(id);
    if (journey === undefined) throw new RequestError(404, 'The message has no verdict yet.');
    return toJourney(journey);
  });

  const ofAsked = {
    operationId: 'explain',
    summary: 'Where Postfix would take mail, and why, without any being sent',
    body: jsonBody(ExplainRequest),
    response: { 200: Journey, 400: BadRequest },
  };
  app.post('/explain', { schema: ofAsked }, async ({ body, signal }) => {
    const { from = '', auth, tls, message, ...asked } = parseBody(ExplainRequest, body);
    const mail = {
      ...asked,
      from,
      ...(auth !== undefined && { login: auth }),
      ...(tls !== undefined && { isEncrypted: tls }),
      ...(message !== undefined && { message: Buffer.from(message) }),
    };
    try {
      return toJourney(await ports.explain(mail, { signal: AbortSignal.any([signal, ports.closing]) }));
    } catch (error) {
      if (error instanceof AskError) throw new RequestError(400, error.message);
      throw error;
    }
  });
};
