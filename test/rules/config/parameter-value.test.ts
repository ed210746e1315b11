import { describe, expect, test } from 'vitest';
import { convertValue, formatValue, parseValue } from '../../../src/rules/config/parameter-value.ts';
import type { ParameterName } from '../../../src/rules/config/parameters.ts';

const assign = (name: ParameterName) => ({ name, spelled: name, at: { file: 'main.cf', line: 7 } });

describe('text is read as Postfix 3.7 reads it', () => {
  test.for<{ name: ParameterName; text: string; value: unknown; why: string }>([
    { name: 'catch_ephemeral', text: 'yes', value: true, why: 'a boolean' },
    { name: 'catch_ephemeral', text: 'NO', value: false, why: 'in any case' },
    { name: 'smtpd_recipient_limit', text: '+12', value: 12, why: 'a sign is let in' },
    { name: 'smtpd_recipient_limit', text: '007', value: 7, why: 'decimal, not octal' },
    { name: 'smtpd_recipient_limit', text: '2147483647', value: 2147483647, why: 'the greatest integer' },
    { name: 'message_size_limit', text: '4294967296', value: 4294967296, why: 'sizes may be greater' },
    { name: 'smtpd_timeout', text: '5', value: 5000, why: 'seconds without a unit' },
    { name: 'smtpd_timeout', text: '5s', value: 5000, why: 'seconds' },
    { name: 'smtpd_timeout', text: '5m', value: 300_000, why: 'minutes' },
    { name: 'smtpd_timeout', text: '2h', value: 7_200_000, why: 'hours' },
    { name: 'catch_max_age', text: '1d', value: 86_400_000, why: 'days' },
    { name: 'catch_max_age', text: '2w', value: 1_209_600_000, why: 'weeks' },
    { name: 'smtpd_timeout', text: '10m5s', value: 600_000, why: 'what follows the first unit is ignored' },
    { name: 'smtpd_timeout', text: '2147483647', value: 2147483647000, why: 'the longest in seconds' },
    { name: 'inet_interfaces', text: ' a,b  c ,, d', value: ['a', 'b', 'c', 'd'], why: 'commas and blanks' },
    { name: 'catch_http_allow_hosts', text: '', value: [], why: 'an empty list' },
    { name: 'mail_name', text: 'a  b', value: 'a  b', why: 'text as it is' },
    { name: 'myhostname', text: 'a_b', value: 'a_b', why: 'an underscore is let in' },
    { name: 'myhostname', text: '123.localdomain', value: '123.localdomain', why: 'a label of digits' },
    { name: 'catch_log_level', text: 'debug', value: 'debug', why: 'one of the words' },
  ])('$name = $text is $value: $why', ({ name, text, value }) => {
    expect(parseValue(assign(name), text)).toEqual(value);
  });

  test.for<{ name: ParameterName; text: string; problem: string }>([
    ...['', 'true', '1', 'y', 'on', 'yes # note'].map((text) => ({
      name: 'catch_ephemeral' as const,
      text,
      problem: `bad boolean configuration: catch_ephemeral = ${text}`,
    })),
    ...['', '5k', '0x10', '12 # note', '1.5', '2147483648', '1e3'].map((text) => ({
      name: 'smtpd_recipient_limit' as const,
      text,
      problem: `bad numerical configuration: smtpd_recipient_limit = ${text}`,
    })),
    ...['', '10x', '-1', '10 s', '1.5h', '3600S', '99999999999', '2147483648', '35791394m'].map((text) => ({
      name: 'smtpd_timeout' as const,
      text,
      problem: `parameter smtpd_timeout: bad time value or unit: ${text}`,
    })),
    ...['1d12h', '250ms', 's'].map((text) => ({
      name: 'catch_max_age' as const,
      text,
      problem: `parameter catch_max_age: bad time value or unit: ${text}`,
    })),
    { name: 'smtpd_timeout', text: '0', problem: 'invalid smtpd_timeout parameter value 0 < 1' },
    { name: 'smtpd_timeout', text: 's', problem: 'invalid smtpd_timeout parameter value 0 < 1' },
    { name: 'line_length_limit', text: '-5', problem: 'invalid line_length_limit parameter value -5 < 512' },
    { name: 'catch_smtp_port', text: '65536', problem: 'invalid catch_smtp_port parameter value 65536 > 65535' },
    { name: 'message_size_limit', text: '99999999999999999999', problem: 'bad numerical configuration' },
    { name: 'mail_name', text: '', problem: 'bad string length 0 < 1: mail_name = ' },
    { name: 'smtpd_banner', text: 'a\r\nb', problem: 'line break or NUL in smtpd_banner' },
    { name: 'inet_interfaces', text: ' , ', problem: 'bad value: inet_interfaces is empty' },
    { name: 'catch_log_level', text: 'loud', problem: 'bad value: catch_log_level = loud' },
    ...(
      [
        ['a b', 'invalid character 32(decimal)'],
        ['-bad', 'misplaced hyphen'],
        ['a.b-', 'misplaced hyphen'],
        ['a..b', 'misplaced delimiter'],
        ['x.test.', 'misplaced delimiter'],
        ['1.2.3.4', 'numeric hostname'],
        ['[1.2.3.4]', 'invalid character 91(decimal)'],
        ['mäil.test', 'invalid character 228(decimal)'],
        ['a'.repeat(64), 'hostname label too long'],
        ['a.'.repeat(127) + 'aa', 'bad length'],
      ] as const
    ).map(([text, fault]) => ({
      name: 'myhostname' as const,
      text,
      problem: `parameter myhostname: bad parameter value: ${text} (${fault})`,
    })),
  ])('$name = "$text" is refused: $problem', ({ name, text, problem }) => {
    expect(() => parseValue(assign(name), text)).toThrow(`main.cf:7: ${problem}`);
  });
});

describe('what is no text', () => {
  test.for<{ name: ParameterName; value: unknown }>([
    { name: 'catch_ephemeral', value: false },
    { name: 'catch_smtp_port', value: 0 },
    { name: 'message_size_limit', value: 2 ** 40 },
    { name: 'catch_parse_time_limit', value: 1.5 },
    { name: 'inet_interfaces', value: ['127.0.0.1'] },
  ])('$name takes $value', ({ name, value }) => {
    expect(convertValue(assign(name), value)).toEqual(value);
  });

  test.for<{ name: ParameterName; value: unknown; problem: string }>([
    { name: 'catch_smtp_port', value: 1.5, problem: 'bad value: catch_smtp_port = 1.5' },
    { name: 'catch_smtp_port', value: -1, problem: 'invalid catch_smtp_port parameter value -1 < 0' },
    { name: 'catch_max_age', value: NaN, problem: 'bad value: catch_max_age = NaN' },
    { name: 'smtpd_timeout', value: 10, problem: 'invalid smtpd_timeout parameter value 0.01 < 1' },
    { name: 'inet_interfaces', value: [1], problem: 'bad value: inet_interfaces = [ 1 ]' },
    { name: 'inet_interfaces', value: [], problem: 'bad value: inet_interfaces is empty' },
    { name: 'mail_name', value: true, problem: 'bad value: mail_name = true' },
    { name: 'mail_name', value: null, problem: 'bad value: mail_name = null' },
  ])('$name refuses $value', ({ name, value, problem }) => {
    expect(() => convertValue(assign(name), value)).toThrow(`main.cf:7: ${problem}`);
  });

  test('a list that is changed later stays what it was', () => {
    const given = ['127.0.0.1'];
    const value = convertValue(assign('inet_interfaces'), given);
    given.push('0.0.0.0');

    expect(value).toEqual(['127.0.0.1']);
  });
});

test.for<{ name: ParameterName; value: string | number | boolean | readonly string[]; text: string }>([
  { name: 'catch_ephemeral', value: true, text: 'yes' },
  { name: 'catch_smtp_port', value: 25, text: '25' },
  { name: 'smtpd_timeout', value: 1500, text: '1.5s' },
  { name: 'inet_interfaces', value: ['a', 'b'], text: 'a, b' },
  { name: 'mail_name', value: 'Postfix', text: 'Postfix' },
])('$name = $value is written $text', ({ name, value, text }) => {
  expect(formatValue(name, value)).toBe(text);
});
