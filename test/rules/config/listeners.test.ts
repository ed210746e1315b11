import { expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { planListeners } from '../../../src/rules/config/listeners.ts';
import { parseMasterCf } from '../../../src/rules/config/master-cf.ts';

/** What a master.cf asks for, with the usual mapping of ports. */
function plan(masterCf: string, mainCf: Readonly<Record<string, string>> = {}) {
  const findings: Finding[] = [];
  const report = (finding: Finding) => void findings.push(finding);
  const entries = parseMasterCf(masterCf, 'master.cf', report);
  const listeners = planListeners(entries, {
    find: (name) => mainCf[name],
    expand: (text, find) => text.replace(/\$(\w+)/g, (_, name: string) => find(name) ?? ''),
    portMap: new Map([
      [25, 1025],
      [587, 1587],
      [465, 1465],
    ]),
    report,
  });
  return { listeners, findings };
}

test.for([
  { entry: 'smtp inet n - n - - smtpd', service: 'smtp/inet', port: 25, mappedPort: 1025 },
  { entry: 'submission inet n - n - - smtpd', service: 'submission/inet', port: 587, mappedPort: 1587 },
  { entry: '465 inet n - n - - smtpd', service: '465/inet', port: 465, mappedPort: 1465 },
  { entry: 'submissions inet n - n - - smtpd', service: 'submissions/inet', port: 465, mappedPort: 1465 },
  { entry: '26 inet n - n - - /usr/lib/postfix/smtpd', service: '26/inet', port: 26, mappedPort: 1026 },
  { entry: '10025 inet n - n - - smtpd', service: '10025/inet', port: 10_025, mappedPort: 10_025 },
])('$entry listens at $mappedPort', ({ entry, service, port, mappedPort }) => {
  expect(plan(entry).listeners).toMatchObject([{ service, host: undefined, port, mappedPort, isImplicitTls: false }]);
});

test.for([
  { name: '127.0.0.1:10025', host: '127.0.0.1', port: 10_025 },
  { name: '[::1]:smtp', host: '::1', port: 25 },
  { name: 'localhost:587', host: 'localhost', port: 587 },
])('$name names an address, too', ({ name, host, port }) => {
  expect(plan(`${name} inet n - n - - smtpd`).listeners).toMatchObject([{ host, port }]);
});

test.for([
  { why: 'its own -o', masterCf: 'smtps inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes', mainCf: {} },
  {
    why: 'its own -o, that names a parameter',
    masterCf: 'smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=$wrap',
    mainCf: { wrap: 'Yes' },
  },
  { why: 'main.cf', masterCf: 'smtps inet n - n - - smtpd', mainCf: { smtpd_tls_wrappermode: 'yes' } },
])('TLS begins at once by $why', ({ masterCf, mainCf }) => {
  expect(plan(masterCf, mainCf).listeners).toMatchObject([{ isImplicitTls: true }]);
});

test('a postscreen listens with the options of smtpd pass', () => {
  const { listeners } = plan('smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd');

  expect(listeners).toMatchObject([{ service: 'smtpd/pass', port: 25 }]);
});

test.for([
  { entry: 'smtp inet n - n - 1 postscreen', code: 'service-idle', severity: 'note' },
  { entry: '628 inet n - n - - qmqpd', code: 'service-idle', severity: 'note' },
  { entry: 'nosuch inet n - n - - smtpd', code: 'unknown-service-port', severity: 'error' },
])('$entry opens nothing, and says so', ({ entry, code, severity }) => {
  const { listeners, findings } = plan(entry);

  expect(listeners).toEqual([]);
  expect(findings).toMatchObject([{ code, severity, at: { file: 'master.cf', line: 1 } }]);
});

test('services that listen at no port are left alone', () => {
  const { listeners, findings } = plan('pickup unix n - n 60 1 pickup\ntlsproxy unix - - n - 0 tlsproxy');

  expect({ listeners, findings }).toEqual({ listeners: [], findings: [] });
});

test('of entries with one name the last counts, of two at one place the first', () => {
  const { listeners } = plan(
    'smtp inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\nsmtp inet n - n - - smtpd\n25 inet n - n - - smtpd',
  );

  expect(listeners).toMatchObject([{ service: 'smtp/inet', isImplicitTls: false }]);
});
