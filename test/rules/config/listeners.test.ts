import { expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { planListeners } from '../../../src/rules/config/listeners.ts';
import { parseMasterCf } from '../../../src/rules/config/master-cf.ts';
import { viewOf } from '../../../src/rules/config/services.ts';
import { STOCK_MASTER_CF } from '../../../src/rules/config/stock-master-cf.ts';
import { parsePortMap } from '../../../src/rules/config/tcp-ports.ts';

const DEFAULTS = new Map([['smtpd_service_name', 'smtpd']]);
const plan = (text: string, ports = ['25=1025', '587=1587', '465=1465']) => {
  const findings: Finding[] = [];
  const report = (finding: Finding) => findings.push(finding);
  const plans = planListeners(parseMasterCf(text, 'master.cf', report), {
    valueOf: (entry, name) => viewOf(entry, (asked) => DEFAULTS.get(asked))(name) ?? '',
    portMap: parsePortMap(ports, { file: 'main.cf' }, report),
    report,
  });
  return { plans, codes: findings.map(({ code }) => code) };
};

test.for([
  { entry: 'smtp inet n - n - - smtpd', listens: { port: 25, mappedPort: 1025, isImplicitTls: false } },
  { entry: 'submission inet n - n - - smtpd', listens: { port: 587, mappedPort: 1587 } },
  {
    entry: 'submissions inet n - n - - smtpd -o smtpd_tls_wrappermode=yes',
    listens: { mappedPort: 1465, isImplicitTls: true },
  },
  {
    entry: 'smtps inet n - n - - smtpd -o { smtpd_tls_wrappermode = YES }',
    listens: { port: 465, isImplicitTls: true },
  },
  { entry: '127.0.0.1:10025 inet n - n - - smtpd', listens: { host: '127.0.0.1', mappedPort: 10025 } },
  { entry: '[::1]:smtp inet n - n - - smtpd', listens: { host: '::1', port: 25 } },
  { entry: '::1:2525 inet n - n - - smtpd', listens: { host: '::1', mappedPort: 2525 } },
  { entry: ':26 inet n - n - - smtpd', listens: { port: 26, mappedPort: 1026 } },
])('$entry listens: $listens', ({ entry, listens }) => {
  expect(plan(`${entry}\n`).plans).toMatchObject([listens]);
});

test('postscreen listens with the options of the smtpd behind it', () => {
  const { plans, codes } = plan(
    'smtp inet n - n - 1 postscreen -o a=1\nsmtpd pass - - n - - smtpd -o smtpd_banner=x\ndnsblog unix - - n - 0 dnsblog\n',
  );
  expect(plans).toMatchObject([{ service: 'smtp/inet', overrides: [{ name: 'smtpd_banner', value: 'x' }] }]);
  expect(codes).toEqual([]);
});

test.for([
  { text: 'smtp inet n - n - 1 postscreen', codes: ['postscreen-without-smtpd'], why: 'nobody is behind it' },
  { text: '628 inet n - n - - qmqpd', codes: ['idle-service'], why: 'no mail is taken so' },
  { text: 'nosuch inet n - n - - smtpd', codes: [], why: 'no port has the name' },
  { text: '70000 inet n - n - - smtpd', codes: [], why: 'no port has the number' },
  { text: 'smtp unix - - n - - smtp', codes: [], why: 'it is a client' },
])('$text does not listen: $why', ({ text, codes }) => {
  expect(plan(`${text}\n`)).toEqual({ plans: [], codes });
});

test('of two services for one address the last listens', () => {
  expect(plan('smtp inet n - n - - smtpd\n25 inet n - n - - smtpd -v\n').plans).toMatchObject([{ service: '25/inet' }]);
});

test('two ports that the map puts on one are told apart', () => {
  const { plans, codes } = plan('smtp inet n - n - - smtpd\n1025 inet n - n - - smtpd\n');
  expect(plans).toMatchObject([{ service: 'smtp/inet' }]);
  expect(codes).toEqual(['port-map-collision']);
});

test('an entry of the map without sense is reported, and the others count', () => {
  const { plans, codes } = plan('smtp inet n - n - - smtpd\n', ['x', '25', '1=2=3', '99999=1', 'smtp=2525']);
  expect(plans).toMatchObject([{ mappedPort: 2525 }]);
  expect(codes).toEqual(new Array(4).fill('bad-port-map'));
});

test('without any configuration port 25 listens', () => {
  expect(plan(STOCK_MASTER_CF)).toMatchObject({ plans: [{ service: 'smtp/inet', mappedPort: 1025 }], codes: [] });
});
