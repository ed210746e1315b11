import type { Static, TObject, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { RequestError } from './request-error.ts';

/**
 * Reads the JSON object of a request as Mailpit does: names match without regard to case; a member that is `null` is as
 * good as absent; unknown members and what follows the first value are ignored; so in objects within.
 * @throws {RequestError} 400, when there is no body, when it isn't JSON, not an object, or a member has the wrong type
 */
export function parseBody<T extends TObject>(schema: T, body: Buffer | undefined): Static<T> {
  const text = bodyText(body);
  if (text === '') throw new RequestError(400, 'There is no body: it must be a JSON object.');
  const value = parseFirstValue(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'The body must be a JSON object.');
  }
  const object = readMembers(schema, value);
  if (Value.Check(schema, object)) return object;
  const [problem] = Value.Errors(schema, object);
  throw new RequestError(
    400,
    `The body is wrong${problem ? ` at ${problem.instancePath}: it ${problem.message}` : ''}.`,
  );
}

/** The text of a body, without blanks around it; empty if there is none. */
export function bodyText(body: Buffer | undefined): string {
  return body?.toString('utf8').trim() ?? '';
}

/** A value with the members that its schema names, by the schema's spelling. No deeper than the schema. */
function readMembers(schema: TSchema, value: unknown): unknown {
  const { properties, items } = schema as Partial<TObject> & { readonly items?: TSchema };
  if (items !== undefined && Array.isArray(value)) return value.map((item: unknown) => readMembers(items, item));
  if (properties === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member as unknown]));
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, inner]) => {
      const member = given.get(name.toLowerCase());
      return member === undefined || member === null ? [] : [[name, readMembers(inner, member)] as const];
    }),
  );
}

function parseFirstValue(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, firstValueEnd(text)));
  } catch (error) {
    throw new RequestError(400, `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the object or list that `text` begins with ends; the end of `text` if it doesn't. */
function firstValueEnd(text: string): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth <= 0) return index + token.length;
  }
  return text.length;
}
