import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import { RequestError } from './request-error.ts';

/**
 * Reads the JSON object of a request as Mailpit does: no body is `{}`; names match without regard to case; `null` is
 * as good as absent; unknown members and what follows the first value are ignored.
 * @throws {RequestError} 400, when it isn't JSON, not an object, or a member has the wrong type
 */
export function parseBody<T extends TObject>(schema: T, body: Buffer | undefined): Static<T> {
  const text = (body ?? Buffer.alloc(0)).toString('utf8').trim();
  const value = text === '' ? {} : parseFirstValue(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'The body must be a JSON object.');
  }
  const given = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member as unknown]));
  const members = Object.keys(schema.properties).flatMap((name) => {
    const member = given.get(name.toLowerCase());
    return member === undefined || member === null ? [] : [[name, member] as const];
  });
  const object: unknown = Object.fromEntries(members);
  if (Value.Check(schema, object)) return object;
  const [problem] = Value.Errors(schema, object);
  throw new RequestError(
    400,
    `The body is wrong${problem ? ` at ${problem.instancePath}: it ${problem.message}` : ''}.`,
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
