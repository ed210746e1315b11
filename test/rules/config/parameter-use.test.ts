import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { expandMacros } from '../../../src/rules/config/macros.ts';
import { findParameterUse } from '../../../src/rules/config/parameter-use.ts';
import { readPostfixParameters } from '../../../src/rules/config/postfix-parameters.ts';

const parameters = readPostfixParameters();

/** @param overrides the `-o` of the one service, relay/unix, which runs smtp */
function inspect(main: Readonly<Record<string, string>>, overrides: Readonly<Record<string, string>> = {}) {
  const findings: Finding[] = [];
  const files: string[] = [];
  const values = new Map(Object.entries(main));
  const use = findParameterUse({
    directory: '/etc/postfix',
    parameters,
    values,
    services: [
      { name: 'relay/unix', service: 'relay', program: 'smtp', overrides: new Map(Object.entries(overrides)) },
    ],
    isOurs: (name) => name === 'catch_mode',
    findDefault: (name) => parameters.get(name)?.default,
    expand: (text, own) => expandMacros(text, (name) => own?.get(name) ?? values.get(name)),
    checkTableFile: (type, path) => files.push(`${type}:${path}`),
    report: (finding) => findings.push(finding),
  });
  const lines = (list: readonly Finding[]) => list.map(({ postfixLine = '' }) => postfixLine.replace(/^warning: /, ''));
  return { use, files, said: lines(findings), unused: lines(use.listUnused()) };
}

test.for([
  [{ myhostname: 'a' }, 'builtin'],
  [{ relay_destination_rate_delay: '1s' }, 'service'],
  [{ my_own: 'a', mail_name: '$my_own' }, 'user'],
  [{ my_own: 'a', mail_name: '${mail_owner?${my_own}}' }, 'user'],
  [{ my_class: 'reject', smtpd_restriction_classes: 'my_class, other' }, 'user'],
  [{ virtual_maps: 'hash:x' }, 'user'],
  [{ foo_hosts: 'a', virtual_alias_maps: 'proxy:mysql:foo' }, 'user'],
  [{ catch_mode: 'strict' }, 'user'],
] as const)('of %j the first is used: %s', ([main, kind]) => {
  const { use, unused } = inspect(main);

  expect(use.known.get(Object.keys(main)[0] ?? '')).toBe(kind);
  expect(unused).toEqual([]);
});

describe('what nothing asks for is unused', () => {
  test.for([
    [{ smtps: 'yes' }, {}, ['/etc/postfix/main.cf: unused parameter: smtps=yes']],
    [
      { b: '1', a: '2' },
      {},
      ['/etc/postfix/main.cf: unused parameter: a=2', '/etc/postfix/main.cf: unused parameter: b=1'],
    ],
    [
      { foo_hosts: 'a', x: 'mysql:foo' },
      {},
      ['/etc/postfix/main.cf: unused parameter: foo_hosts=a', '/etc/postfix/main.cf: unused parameter: x=mysql:foo'],
    ],
    [{}, { a: '1', mail_name: '$b', b: '2' }, ['/etc/postfix/master.cf: unused parameter: a=1']],
    [{ a: '1' }, { mail_name: '$a' }, []],
    [{ mail_name: '$a' }, { a: '1' }, []],
  ] as const)('main.cf %j, -o %j', ([main, overrides, unused]) => {
    expect(inspect(main, overrides).unused).toEqual(unused);
  });
});

describe('what is asked for and isn’t there', () => {
  test.for([
    [
      { mail_name: '$x ${y?z}' },
      {},
      ['/etc/postfix/main.cf: undefined parameter: x', '/etc/postfix/main.cf: undefined parameter: y'],
    ],
    [{ mail_name: '$mail_owner $virtual_maps' }, {}, []],
    [{ luser_relay: '$user' }, {}, []],
    [{}, { mail_name: '$x' }, ['/etc/postfix/master.cf: undefined parameter: x']],
    [{ process_id: '4' }, {}, ['/etc/postfix/main.cf: read-only parameter assignment: process_id=4']],
    [{ alias_maps: '{hash:x' }, {}, ['main.cf: missing \'}\' in "{hash:x"']],
    [{}, { alias_maps: '{hash:x}y' }, ['master.cf:relay/unix: syntax error after \'}\' in "{hash:x}y"']],
  ] as const)('main.cf %j, -o %j', ([main, overrides, said]) => {
    expect(inspect(main, overrides).said).toEqual(said);
  });
});

test('the files of tables that ask a server are looked at, within other tables, too', () => {
  const { files } = inspect({ alias_maps: 'hash:/x, unionmap:{mysql:/a.cf, proxy:ldap:/b.cf}', x: 'mysql:/c.cf' });

  expect(files).toEqual(['mysql:/a.cf', 'ldap:/b.cf']);
});
