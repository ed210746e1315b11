import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { parseQueueId } from '../../store/queue-id.ts';
import type { Store } from '../../store/store.ts';
import { parseTag, sameTag } from '../../store/tags.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { BadRequest, jsonBody, Ok, sendOk } from './schemas/reply.ts';
import { RenameTag, SetTags } from './schemas/request.ts';

const TagParams = Type.Object({ tag: Type.String({ description: 'A tag, in any case' }) });

/** `/tags`: those in use; to set, rename and remove them. */
export const tagRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { store }) => {
  const listSchema = {
    operationId: 'listTags',
    summary: 'The tags in use, sorted',
    response: { 200: Type.Array(Type.String()) },
  };
  app.get('/tags', { schema: listSchema }, async () => (await store.tags()).map(({ tag }) => tag));

  const setSchema = {
    operationId: 'setTags',
    summary: 'Replace the tags of messages; what can’t be a tag is left out',
    body: jsonBody(SetTags),
    response: { 200: Ok, 400: BadRequest },
  };
  app.put('/tags', { schema: setSchema }, async ({ body }, reply) => {
    const { Tags = [], IDs = [] } = parseBody(SetTags, body);
    await store.setTags({ ids: IDs.map(parseQueueId).filter((id) => id !== undefined) }, Tags);
    return sendOk(reply);
  });

  const renameSchema = {
    operationId: 'renameTag',
    summary: 'Rename a tag, wherever it is',
    params: TagParams,
    body: jsonBody(RenameTag),
    response: { 200: Ok, 400: BadRequest },
  };
  app.put('/tags/:tag', { schema: renameSchema }, async ({ params, body }, reply) => {
    const { Name = '' } = parseBody(RenameTag, body);
    const to = parseTag(Name);
    if (to === undefined) throw new RequestError(400, `invalid tag name: ${Name}`);
    const spellings = await findSpellings(store, params.tag);
    if (!sameTag(params.tag, to) && (await listSpellings(store, to)).length > 0) {
      throw new RequestError(400, `tag already exists: ${to}`);
    }
    for (const tag of spellings) if (tag !== to) await store.renameTag(tag, to);
    return sendOk(reply);
  });

  const deleteSchema = {
    operationId: 'deleteTag',
    summary: 'Take a tag from every message',
    params: TagParams,
    response: { 200: Ok, 400: BadRequest },
  };
  app.delete('/tags/:tag', { schema: deleteSchema }, async ({ params }, reply) => {
    for (const tag of await findSpellings(store, params.tag)) await store.renameTag(tag, undefined);
    return sendOk(reply);
  });
};

/** How messages spell a tag: they may differ in case. */
async function listSpellings(store: Store, wanted: string): Promise<readonly string[]> {
  return (await store.tags()).map(({ tag }) => tag).filter((tag) => sameTag(tag, wanted));
}

/** @throws {RequestError} 400, when no message has the tag */
async function findSpellings(store: Store, wanted: string): Promise<readonly string[]> {
  const spellings = await listSpellings(store, wanted);
  if (spellings.length === 0) throw new RequestError(400, `tag not found: ${wanted}`);
  return spellings;
}
