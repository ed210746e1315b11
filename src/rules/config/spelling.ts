import type { Parameter } from './parameter.ts';
import { PARAMETERS, type ParameterName, type ParameterValue } from './parameters.ts';

// How a parameter is spelled outside main.cf. All follow from one word, the flag: the name with dashes and without
// `catch_`, or what the table gives in its place.
//
//   main.cf             flag                  environment                      library
//   catch_smtp_port     --smtp-port           POSTFIXTURE_SMTP_PORT            smtpPort
//   message_size_limit  --message-size-limit  POSTFIXTURE_MESSAGE_SIZE_LIMIT   messageSizeLimit

type FlagWords<N extends ParameterName> = (typeof PARAMETERS)[N] extends { readonly flag: infer F extends string }
  ? F
  : Dashed<N extends `catch_${infer Rest}` ? Rest : N>;

type Dashed<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}-${Dashed<Tail>}` : S;

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** A parameter's name as a library option: `smtpPort`. */
type OptionName<N extends ParameterName> = Camel<FlagWords<N>>;

/** What an option takes: a time is a number of ms, or text as in main.cf (`30d`); a list may be one text, too. */
export type OptionValue<N extends ParameterName> =
  ParameterValue<N> | ((typeof PARAMETERS)[N]['type'] extends 'time' | 'list' ? string : never);

/** The library's options: every parameter, none of them needed. @example `{ smtpPort: 0, maxAge: '1d', ephemeral: true }` */
export type Options = { readonly [N in ParameterName as OptionName<N>]?: OptionValue<N> | undefined };

/** Every parameter's name, in the table's order. */
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

/** What begins the name of each environment variable that is a parameter. */
export const ENVIRONMENT_PREFIX = 'POSTFIXTURE_';

/** Whether this program itself obeys a parameter of that name. */
export function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name);
}

/** Whether it is a parameter that only this program has. */
export function isOwnParameter(name: string): name is ParameterName {
  return name.startsWith('catch_') && isParameter(name);
}

/** The parameter's entry, with what it leaves out. */
export function getParameter(name: ParameterName): Parameter {
  return PARAMETERS[name];
}

/** The flag, without `--`: `smtp-port`. */
export function toFlag(name: ParameterName): string {
  return getParameter(name).flag ?? name.replace(/^catch_/, '').replaceAll('_', '-');
}

/** The environment variable: `POSTFIXTURE_SMTP_PORT`. */
export function toEnvironmentVariable(name: ParameterName): string {
  return ENVIRONMENT_PREFIX + toFlag(name).replaceAll('-', '_').toUpperCase();
}

/** The library option: `smtpPort`. */
export function toOption(name: ParameterName): string {
  return toFlag(name).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The parameter that `spelled` names in one of the spellings. @example `findParameter('smtp-port', toFlag)` */
export function findParameter(spelled: string, spelling: (name: ParameterName) => string): ParameterName | undefined {
  return PARAMETER_NAMES.find((name) => spelling(name) === spelled);
}
