/** What a parameter's text means. `yes/no`, a whole number, octets, a time (Postfix's units, in ms here), a list, text. */
export type ParameterType = 'boolean' | 'integer' | 'octets' | 'time' | 'list' | 'string';

/** A parameter: its place in main.cf, on the command line, in the environment and in the library's options. */
export interface Parameter {
  readonly type: ParameterType;
  /** As it would stand in main.cf. */
  readonly default: string;
  /** The least number; of a time in seconds; of a text the length, of a list the items. */
  readonly min?: number;
  /** The greatest number; of a time in seconds. */
  readonly max?: number;
  /** The only values of a string. */
  readonly values?: readonly string[];
  /** The flag, without `--`, where it isn't the name with dashes and without `catch_`. */
  readonly flag?: string;
  /** The flag's one-letter form. */
  readonly short?: string;
  /** What `--help` calls the value: `DIR`. */
  readonly placeholder?: string;
  /** A few words for `--help`; only parameters that have them are listed on the first screen. */
  readonly summary?: string;
  /** What it does, in full. */
  readonly meaning: string;
}
