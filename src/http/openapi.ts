import type { FastifySchema, RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import * as check from './api/schemas/check.ts';
import * as config from './api/schemas/config.ts';
import * as info from './api/schemas/info.ts';
import * as journey from './api/schemas/journey.ts';
import * as message from './api/schemas/message.ts';
import * as request from './api/schemas/request.ts';
import * as sendmail from './api/schemas/sendmail.ts';
import * as session from './api/schemas/session.ts';
import * as wait from './api/schemas/wait.ts';

/** A route as the document has it. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly schema: FastifySchema & { readonly operationId?: string; readonly summary?: string };
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The schemas that have a name of their own in the document: wherever one of these objects stands, it is referred to. */
const COMPONENTS: ReadonlyMap<unknown, string> = new Map(
  [message, check, journey, config, info, request, sendmail, session, wait].flatMap((schemas) =>
    Object.entries<unknown>(schemas).map(([name, schema]) => [schema, name] as const),
  ),
);

/** What any route may answer: the guard refuses, the server fails. */
const COMMON_REPLIES: Readonly<Record<string, string>> = {
  403: 'A page of another origin asks',
  421: 'The Host isn’t one that is served here: see catch_http_allow_hosts',
  500: 'The server failed: its log says why',
};

/** Gathers the routes of an application, and describes them. */
export interface ApiDescription {
  /** For Fastify's `onRoute`. */
  add(route: RouteOptions): void;
  /** The OpenAPI 3.1 document, as JSON. */
  toJson(): string;
}

/**
 * Opens a description. The document is made of the schemas that check the requests and type the replies, so that it can't
 * say anything else; once made it is kept.
 * @param version of this program
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDescription(version: string): ApiDescription {
  const operations: Operation[] = [];
  let json: string | undefined;
  return {
    add({ method, url, schema }) {
      for (const one of [method].flat()) {
        // Fastify adds HEAD to each GET; OPTIONS says nothing of its own.
        if (schema && one !== 'HEAD' && one !== 'OPTIONS')
          operations.push({ method: one.toLowerCase(), path: url, schema });
      }
    },
    toJson: () => (json ??= JSON.stringify(describe(operations, version))),
  };
}

function describe(operations: readonly Operation[], version: string): Json {
  const paths = new Map<string, Record<string, Json>>();
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths.set(path, { ...paths.get(path), [operation.method]: toOperation(operation) });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Postfixture',
      version,
      summary: 'Mailpit’s API v1, and what Postfix would have done with each mail',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries([...COMPONENTS].map(([schema, name]) => [name, toMembers(schema)])),
    },
  };
}

function toOperation({ schema }: Operation): Json {
  const { operationId = '', summary = '', params, querystring, body, response } = schema;
  const { contentSchema } = (body ?? {}) as { readonly contentSchema?: TSchema };
  return {
    operationId,
    summary,
    parameters: [...toParameters(params, 'path'), ...toParameters(querystring, 'query')],
    ...(contentSchema && {
      requestBody: {
        required: 'required' in contentSchema,
        content: { 'application/json': { schema: toReference(contentSchema) } },
      },
    }),
    responses: {
      ...toReplies(response),
      ...(contentSchema && { 413: toReply('The body is too large') }),
      ...Object.fromEntries(Object.entries(COMMON_REPLIES).map(([status, text]) => [status, toReply(text)])),
    },
  };
}

function toParameters(schema: unknown, place: 'path' | 'query'): readonly Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    readonly properties?: Readonly<Record<string, TSchema & { readonly description?: string }>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description = '', ...rest }]) => ({
    name,
    in: place,
    description,
    required: required.includes(name),
    schema: toMembers(rest),
  }));
}

function toReplies(response: unknown): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries((response ?? {}) as Readonly<Record<string, Reply>>).map(([status, reply]) => [
      status,
      toReply(reply.description ?? 'As asked', reply),
    ]),
  );
}

/** A schema, with what it says of itself. */
interface Reply extends TSchema {
  readonly description?: string;
  readonly contentMediaType?: string;
}

function toReply(description: string, schema?: Reply): Json {
  const { contentMediaType = 'application/json' } = schema ?? { contentMediaType: 'text/plain' };
  if (contentMediaType === 'application/json' && schema) {
    return { description, content: { 'application/json': { schema: toReference(schema) } } };
  }
  // The octets of other types have no schema: OpenAPI 3.1 §4.8.14.3.
  const isText = contentMediaType.startsWith('text/');
  return { description, content: { [contentMediaType]: isText ? { schema: { type: 'string' } } : {} } };
}

/** A schema as JSON: named ones by reference. */
function toReference(value: unknown): Json {
  const name = COMPONENTS.get(value);
  return name === undefined ? toMembers(value) : { $ref: `#/components/schemas/${name}` };
}

function toMembers(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toReference);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toReference(member)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
