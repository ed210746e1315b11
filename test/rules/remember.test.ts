import { expect, test } from 'vitest';
import { openMemory } from '../../src/rules/remember.ts';

test('a memory gives back what was set for a key', () => {
  const memory = openMemory<number>();
  memory.set('a', 1);
  expect([memory.get('a'), memory.get('b')]).toEqual([1, undefined]);
});

test('whoever makes up keys without end fills no memory', () => {
  const memory = openMemory<number>();
  const keys = Array.from({ length: 10_000 }, (_, index) => `key${index}`);
  for (const [index, key] of keys.entries()) memory.set(key, index);
  expect(keys.filter((key) => memory.get(key) !== undefined).length).toBeLessThanOrEqual(500);
});

test('nor do long keys', () => {
  const memory = openMemory<number>();
  const key = 'a'.repeat(1000);
  memory.set(key, 1);
  expect(memory.get(key)).toBeUndefined();
});
