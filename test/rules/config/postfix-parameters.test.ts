import { expect, test } from 'vitest';
import { findValueFault } from '../../../src/rules/config/postfix-value.ts';
import { readPostfixParameters } from '../../../src/rules/config/postfix-parameters.ts';
import { listTransportParameters } from '../../../src/rules/config/transport-parameters.ts';

const parameters = readPostfixParameters();

test('every parameter that Postfix 3.7 has built in is known, sorted by name', () => {
  const names = [...parameters.keys()];

  expect(names).toHaveLength(831);
  expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('a parameter has its default, type, unit and range', () => {
  expect(parameters.get('maximal_queue_lifetime')).toEqual({
    name: 'maximal_queue_lifetime',
    default: '5d',
    type: 'time',
    unit: 'd',
    min: 0,
    max: 8_640_000,
  });
});

test('every type is one of those that values are read by', () => {
  const types = new Set([...parameters.values()].map(({ type }) => type));

  expect(types).toEqual(new Set(['boolean', 'integer', 'long integer', 'time', 'string', 'raw string']));
});

test('every default is a fine value, but where it must be set or is made from the machine', () => {
  const plain = [...parameters.values()].filter((parameter) => !parameter.default.includes('$'));
  const unset = plain.filter((parameter) => findValueFault(parameter, parameter.default) !== undefined);

  expect(unset.map(({ name }) => name)).toEqual(['debugger_command', 'mydomain', 'myhostname', 'virtual_mailbox_base']);
});

test.for([
  { program: 'smtp', count: 16 },
  { program: 'pipe', count: 17 },
  { program: 'spawn', count: 1 },
  { program: 'smtpd', count: 0 },
  { program: '__proto__', count: 0 },
])('a service that runs $program brings $count parameters, whose defaults Postfix has', ({ program, count }) => {
  const own = listTransportParameters('x', program);

  expect(own).toHaveLength(count);
  expect(own.filter(({ from }) => !parameters.has(from))).toEqual([]);
});

test('a transport’s parameter is called after it', () => {
  expect(listTransportParameters('relay', 'smtp')).toContainEqual({
    name: 'relay_destination_rate_delay',
    from: 'default_destination_rate_delay',
  });
});
