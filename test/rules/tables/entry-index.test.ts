import { expect, test } from 'vitest';
import { createLargeIndex } from '../../../src/rules/tables/large-entry-index.ts';
import { createSmallIndex } from '../../../src/rules/tables/small-entry-index.ts';

const INDEXES = [
  { what: 'small', createIndex: createSmallIndex },
  { what: 'large', createIndex: createLargeIndex },
];

test.for(INDEXES)(
  'ten thousand entries are found again, in their order, with their lines: $what',
  ({ createIndex }) => {
    const keys = Array.from({ length: 10_000 }, (_, number) => `Key${number}`);
    const text = keys.join(' ');
    const index = createIndex(text, { foldsCase: true });
    let start = 0;
    for (const [line, key] of keys.entries()) {
      index.addPlace({ keyStart: start, keyEnd: start + key.length, valueStart: start, valueEnd: start + 3 }, line + 1);
      start += key.length + 1;
    }

    const found = keys.map((key) => index.find(key.toLowerCase()) ?? -1);

    expect(found).toEqual(keys.map((_, number) => number));
    expect([index.getKey(9999), index.getValue(9999), index.getLine(9999)]).toEqual(['key9999', 'Key', 10_000]);
    expect(index.find('key10000')).toBeUndefined();
  },
);

test.for(INDEXES)('a key in the text and the same key beside it are one entry: $what', ({ createIndex }) => {
  const index = createIndex('Key', { foldsCase: true });

  const first = index.addPlace({ keyStart: 0, keyEnd: 3, valueStart: 0, valueEnd: 3 }, 1);

  expect(index.addText('key', 'other', 2)).toBe(first);
  expect(index.size).toBe(1);
  expect(index.getValue(first)).toBe('Key');
});

test.for(INDEXES)('a replaced entry keeps its place: $what', ({ createIndex }) => {
  const index = createIndex('', { foldsCase: false });
  index.addText('a', '1', 1);
  index.addText('b', '2', 2);

  index.replace(0, '3', 3);

  expect([index.find('a'), index.getValue(0), index.getLine(0), index.size]).toEqual([0, '3', 3, 2]);
});

test.for(INDEXES)('names that objects have are keys like any other: $what', ({ createIndex }) => {
  const index = createIndex('', { foldsCase: false });

  expect(index.find('__proto__')).toBeUndefined();
  index.addText('__proto__', 'x', 1);
  expect(index.getValue(index.find('__proto__') ?? -1)).toBe('x');
});

test.for(INDEXES)('what is no key is not found, however many there are: $what', ({ createIndex }) => {
  const index = createIndex('', { foldsCase: false });
  for (let number = 0; number < 5000; number++) index.addText(`k${number}`, 'v', number);

  expect(Array.from({ length: 5000 }, (_, number) => index.find(`j${number}`)).every((one) => one === undefined)).toBe(
    true,
  );
});
