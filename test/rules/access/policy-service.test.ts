import { expect, test } from 'vitest';
import { parsePolicyService } from '../../../src/rules/access/policy-service.ts';

test.for([
  { written: 'inet:127.0.0.1:10023', options: {} },
  { written: 'unix:private/policy', options: {} },
  { written: '{ inet:127.0.0.1:10023, timeout=10s try_limit=1 }', options: { timeoutMs: 10_000, tryLimit: 1 } },
  {
    written: '{inet:10023, { default_action = 450 4.7.1 later }, retry_delay=2}',
    options: { defaultAction: '450 4.7.1 later', retryDelayMs: 2000 },
  },
  {
    written: '{ inet:[::1]:10023, max_idle=1, max_ttl=1, request_limit=1, {policy_context = a b} }',
    options: { context: 'a b' },
  },
])('$written is a policy service', ({ written, options }) => {
  expect(parsePolicyService(written)).toMatchObject({ options });
});

test.for([
  { written: 'foo:bar', fault: 'invalid transport name: foo in service: foo:bar' },
  { written: 'inet:', fault: 'need service transport:endpoint instead of "inet:"' },
  { written: '{ }', fault: 'empty policy service: "{ }"' },
  { written: '{ inet:127.0.0.1:1', fault: 'policy service syntax error:  inet:127.0.0.1:1' },
  { written: '{ inet:127.0.0.1:1, x=1 }', fault: 'unknown option: "x = 1"' },
  { written: '{ inet:127.0.0.1:1, timeout=abc }', fault: 'timeout: bad time value or unit: abc' },
  { written: '{ inet:127.0.0.1:1, timeout=0 }', fault: 'invalid timeout: 0 (min 1)' },
  { written: '{ inet:127.0.0.1:1, try_limit=0 }', fault: 'invalid try_limit parameter value 0 < 1' },
  { written: '{ inet:127.0.0.1:1, try_limit=x }', fault: 'bad numerical configuration: try_limit = x' },
  { written: '{ inet:127.0.0.1:1, {default_action=} }', fault: 'bad string length 0 < 1: default_action = ' },
  { written: '{ nothing }', fault: 'need service transport:endpoint instead of "nothing"' },
])('smtpd doesn’t start with $written', ({ written, fault }) => {
  expect(parsePolicyService(written)).toEqual({ fault });
});
