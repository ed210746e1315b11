import { expect, test } from 'vitest';
import { readZone } from '../../../src/rules/dns/zone.ts';

const ZONE = `# what production's DNS says
example.com      MX   10 mx1.example.com.
Example.com      MX   20 mx2.example.com
example.com      TXT  "v=spf1 -all"
mx1.example.com  A    192.0.2.1
mx1.example.com  AAAA 2001:DB8::1

down.test        SERVFAIL
alias.test       CNAME example.com.
deep.below.test  NS   ns.test
`;

test.for([
  { name: 'example.com', type: 'MX', answer: ['10 mx1.example.com', '20 mx2.example.com'] },
  { name: 'EXAMPLE.com.', type: 'TXT', answer: ['v=spf1 -all'] },
  { name: 'mx1.example.com', type: 'A', answer: ['192.0.2.1'] },
  { name: 'mx1.example.com', type: 'AAAA', answer: ['2001:db8::1'] },
  { name: 'example.com', type: 'A', answer: 'no data' },
  { name: 'below.test', type: 'A', answer: 'no data' },
  { name: 'mx3.example.com', type: 'A', answer: 'no domain' },
  { name: 'down.test', type: 'MX', answer: 'try again' },
  { name: 'alias.test', type: 'MX', answer: 'no data' },
] as const)('$name $type: $answer', ({ name, type, answer }) => {
  const { ask, faults } = readZone(ZONE, 'dns');

  expect(faults).toEqual([]);
  expect(ask(name, type)).toEqual(
    typeof answer === 'string' ? { status: answer } : { status: 'found', records: answer },
  );
});

test.for([
  { line: 'example.com', problem: 'a name without a record' },
  { line: 'example.com HINFO x', problem: 'no type of records: HINFO' },
  { line: 'example.com A 192.0.2', problem: 'not the value of A: 192.0.2' },
  { line: 'example.com AAAA 192.0.2.1', problem: 'not the value of AAAA: 192.0.2.1' },
  { line: 'example.com MX mx.example.com', problem: 'not the value of MX: mx.example.com' },
  { line: 'example.com TXT', problem: 'not the value of TXT: ' },
  { line: 'down.test SERVFAIL now', problem: 'SERVFAIL has no value: now' },
])('$line is reported: $problem', ({ line, problem }) => {
  const { faults } = readZone(`# first\n${line}\n`, 'dns');

  expect(faults).toEqual([{ at: { file: 'dns', line: 2 }, problem }]);
});
