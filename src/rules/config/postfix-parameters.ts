import type { Octets } from '../octets.ts';
import { POSTFIX_PARAMETER_ROWS } from './postfix-parameter-rows.ts';

/** What kind of value a parameter takes. `raw string`: one in which `$name` is left for later. */
export type PostfixParameterType = 'boolean' | 'integer' | 'long integer' | 'time' | 'string' | 'raw string';

/** What Postfix knows of one of its parameters. */
export interface PostfixParameter {
  readonly name: string;
  /** As `postconf -d` prints it, `$name` not expanded; empty where it is made from the machine. */
  readonly default: Octets;
  readonly type: PostfixParameterType;
  /** Of a bare number, if it is a time: `s`, `m`, `h`, `d` or `w`. */
  readonly unit?: string;
  /** The least number, or a text's least length; of a time in seconds. */
  readonly min?: number;
  /** The greatest number, or a text's greatest length; of a time in seconds. */
  readonly max?: number;
  /** The first version of Postfix that had it, where postconf(5) says so. */
  readonly since?: string;
}

/** Postfix's parameters by name. */
export type PostfixParameters = ReadonlyMap<Octets, PostfixParameter>;

/**
 * Reads the table of all parameters that Postfix 3.7 has built in; those of single transports come on top of it, see
 * `listTransportParameters`. It takes about a millisecond: whoever asks often keeps it.
 */
export function readPostfixParameters(): PostfixParameters {
  const rows = POSTFIX_PARAMETER_ROWS.trim().split('\n');
  return new Map(
    rows.map((row) => {
      const parameter = parseRow(row);
      return [parameter.name, parameter];
    }),
  );
}

function parseRow(row: string): PostfixParameter {
  const [name = '', value = '', type = '', unit = '', min = '', max = '', since = ''] = row.split('\t');
  return {
    name,
    default: value,
    // The table is ours, and a test holds it to these types.
    type: type as PostfixParameterType,
    ...(unit === '' ? {} : { unit }),
    ...(min === '' ? {} : { min: Number(min) }),
    ...(max === '' ? {} : { max: Number(max) }),
    ...(since === '' ? {} : { since }),
  };
}
