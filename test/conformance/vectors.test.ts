import { beforeAll, expect, test, afterAll } from 'vitest';
import './guard.js';
import { fileURLToPath } from 'node:url';
import { findVectorFiles } from './find-vectors.ts';
import { NOT_SUPPORTED, type NotSupported } from './not-supported.ts';
import { formatFailure } from './report.ts';
import { runCase } from './run-case.ts';
import { openShims, type Shims } from './shims.ts';
import { readVector, type Probe, type Vector } from './vector.ts';

const files = await findVectorFiles([fileURLToPath(new URL('vectors', import.meta.url))]);
const vectors = await Promise.all(files.map(readVector));

let shims: Shims;
beforeAll(async () => {
  // The world of the vectors is in UTC.
  process.env['TZ'] = 'UTC';
  shims = await openShims({
    file: fileURLToPath(new URL('../../bin/postfixture.js', import.meta.url)),
    guard: fileURLToPath(new URL('guard.js', import.meta.url)),
  });
  process.env['CONFORMANCE_OFFENCES'] = shims.offences;
});
afterAll(() => shims[Symbol.asyncDispose]());

const isExcused = (probe: Probe, vector: Vector): boolean =>
  NOT_SUPPORTED.some((entry) => entry.matches(probe, vector));
const asked = vectors.filter((vector) => vector.probes.some((probe) => !isExcused(probe, vector)));

test.for(asked)('$name is answered as Postfix answered', { timeout: 60_000 }, async (vector) => {
  const results = await runCase(vector, shims);
  const failures = results.filter(({ status }) => status === 'failed');
  expect(failures.map((result) => formatFailure(vector.name, result)).join('')).toBe('');
});

test.for(NOT_SUPPORTED)('some probe needs that this is not supported: $reason', (entry: NotSupported) => {
  expect(vectors.some((vector) => vector.probes.some((probe) => entry.matches(probe, vector)))).toBe(true);
});

test('every vector is named as its file', () => {
  expect(vectors.map(({ name }) => name)).toEqual(files.map((file) => /([^/]+)\.json$/.exec(file)?.[1]));
});
