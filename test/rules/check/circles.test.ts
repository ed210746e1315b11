import { expect, test } from 'vitest';
import { findCircles } from '../../../src/rules/check/circles.ts';

test.for([
  { edges: { a: 'b', b: 'c', c: '' }, circles: [], why: 'a chain ends' },
  { edges: { a: 'a' }, circles: [], why: 'what leads to itself at once is none' },
  { edges: { a: 'b', b: 'a' }, circles: [['a', 'b']], why: 'each circle is found once' },
  { edges: { x: 'a', a: 'b', b: 'a' }, circles: [['a', 'b']], why: 'what leads into it isn’t of it' },
  {
    edges: { a: 'bc', b: 'a', c: 'a' },
    circles: [
      ['a', 'b'],
      ['a', 'c'],
    ],
    why: 'two may share a member',
  },
  { edges: { a: 'bc', b: 'd', c: 'd', d: '' }, circles: [], why: 'two ways to one place are none' },
])('$edges has $circles: $why', ({ edges, circles }) => {
  const leads = new Map(Object.entries(edges));
  expect([...findCircles(leads.keys(), (from) => leads.get(from) ?? '')]).toEqual(circles);
});
