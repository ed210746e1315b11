import { describe, expect, expectTypeOf, test } from 'vitest';
import { PARAMETERS, type ParameterName } from '../../../src/rules/config/parameters.ts';
import {
  findParameter,
  PARAMETER_NAMES,
  toEnvironmentVariable,
  toFlag,
  toOption,
  type Options,
} from '../../../src/rules/config/spelling.ts';

test.for<{ name: ParameterName; flag: string; variable: string; option: string }>([
  { name: 'catch_smtp_port', flag: 'smtp-port', variable: 'POSTFIXTURE_SMTP_PORT', option: 'smtpPort' },
  {
    name: 'message_size_limit',
    flag: 'message-size-limit',
    variable: 'POSTFIXTURE_MESSAGE_SIZE_LIMIT',
    option: 'messageSizeLimit',
  },
  { name: 'catch_data_directory', flag: 'data', variable: 'POSTFIXTURE_DATA', option: 'data' },
  { name: 'catch_http_allow_hosts', flag: 'allow-hosts', variable: 'POSTFIXTURE_ALLOW_HOSTS', option: 'allowHosts' },
])('$name is --$flag, $variable and $option', ({ name, flag, variable, option }) => {
  expect([toFlag(name), toEnvironmentVariable(name), toOption(name)]).toEqual([flag, variable, option]);
  expect(findParameter(flag, toFlag)).toBe(name);
  expect(findParameter(variable, toEnvironmentVariable)).toBe(name);
  expect(findParameter(option, toOption)).toBe(name);
});

describe('no two parameters are spelled alike', () => {
  test.for([
    { kind: 'flag', spelling: toFlag },
    {
      kind: 'letter',
      spelling: (name: ParameterName) => {
        const parameter = PARAMETERS[name];
        return 'short' in parameter ? parameter.short : name;
      },
    },
  ])('$kind', ({ spelling }) => {
    expect(new Set(PARAMETER_NAMES.map(spelling)).size).toBe(PARAMETER_NAMES.length);
  });
});

test('library options have the types of their parameters', () => {
  expectTypeOf<Options['smtpPort']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Options['ephemeral']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Options['data']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Options['maxAge']>().toEqualTypeOf<number | string | undefined>();
  expectTypeOf<Options['listen']>().toEqualTypeOf<readonly string[] | string | undefined>();
  expectTypeOf<Options['logLevel']>().toEqualTypeOf<'debug' | 'info' | 'warn' | 'error' | 'silent' | undefined>();
});

test('the types name options as the table does', () => {
  expectTypeOf<'smtpPort' | 'allowHosts' | 'messageSizeLimit' | 'myhostname'>().toExtend<keyof Options>();
  expectTypeOf<'catchSmtpPort'>().not.toExtend<keyof Options>();
});
