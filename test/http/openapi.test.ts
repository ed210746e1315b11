import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { printedRoutes, startTestHttp } from '../support/http.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly description: string }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const describe = async (): Promise<Description> => {
  await using http = await startTestHttp();
  return (await (await http.get('/api/v1/openapi.json')).json()) as Description;
};

test('the document is valid OpenAPI 3.1', async () => {
  await using http = await startTestHttp();
  const reply = await http.get('/api/v1/openapi.json');
  expect(reply.headers.get('content-type')).toBe('application/json');
  const validator = new Validator();
  const { valid, errors } = await validator.validate((await reply.json()) as Record<string, unknown>);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
  expect(() => validator.resolveRefs()).not.toThrow();
});

test('every route but the files of the page is in it, with every method', async () => {
  const { paths } = await describe();
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = (await printedRoutes())
    .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`))
    .filter((route) => !/^(?:HEAD|OPTIONS) |\*$/.test(route));
  expect(documented.toSorted()).toEqual(routes.toSorted());
});

test('every operation has a name of its own, a summary, and parameters that are explained', async () => {
  const { paths } = await describe();
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(operations.filter(({ operationId, summary }) => operationId === '' || summary === '')).toEqual([]);
  const mute = operations.flatMap(({ operationId, parameters }) =>
    parameters.filter(({ description }) => description === '').map(({ name }) => `${operationId}: ${name}`),
  );
  expect(mute).toEqual([]);
});

test('a request is answered with a status and a type that the document has', async () => {
  await using http = await startTestHttp();
  const { paths } = (await (await http.get('/api/v1/openapi.json')).json()) as Description;
  const { id } = await http.deliver();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      for (const given of [id, 'nonsense']) {
        const url = path
          .replace('{id}', given)
          .replace('{name}', `${given}.txt`)
          .replace('{partId}', '0')
          .replace('{tag}', 'x');
        const query = path.endsWith('/wait') ? '?timeout=1' : '?query=hello';
        const reply = await http.send(url + query, { method: method.toUpperCase() });
        const type = (reply.headers['content-type'] ?? '').replace(/;.*$/, '');
        const types = Object.keys(responses[reply.status]?.content ?? {});
        // A part has its own type, if it is one that can't run.
        const said = path.endsWith('/part/{partId}') && reply.status === 200 ? ['text/plain'] : types;
        const viewed = path === '/view/{name}' ? [...said, 'text/plain'] : said;
        expect({ url, method, status: reply.status, viewed }).toMatchObject({
          viewed: expect.arrayContaining([type]) as unknown,
        });
      }
    }
  }
});
