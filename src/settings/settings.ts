import type { Finding } from '../rules/config/finding.ts';
import type { NamedTable } from '../rules/check/check-world.ts';
import type { MasterEntry } from '../rules/config/master-cf.ts';
import type { ListenerPlan } from '../rules/config/listeners.ts';
import type { ParameterName, ParameterValue } from '../rules/config/parameters.ts';
import type { Ask } from '../rules/question.ts';
import type { OpenTables } from './open-tables.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { TableHistory } from './table-history.ts';

/** Where a value comes from. */
export type SettingSource = 'default' | 'main.cf' | 'master.cf' | 'override' | 'environment' | 'flag' | 'option';

/** Every setting, frozen. A session keeps the settings that it began with; a reload makes a new value. */
export interface Settings {
  /** The value, converted and with `$name` expanded: numbers are octets or ms, lists are split. */
  get<N extends ParameterName>(name: N): ParameterValue<N>;
  sourceOf(name: ParameterName): SettingSource;
  /** Postfix's own configuration, for the rules. */
  readonly configuration: PostfixConfiguration;
  /** What is wrong with its files. */
  readonly findings: readonly Finding[];
  /** What master.cf says, in its order. */
  readonly services: readonly MasterEntry[];
  /** The lookup tables that the files name, opened; one that would have to ask outside can't answer. */
  readonly tables: readonly NamedTable[];
  /** Opens a lookup table for rules, each but once. @see OpenTables */
  readonly openTable: OpenTables['open'];
  /** Answers from outside, for rules that no table asks. */
  readonly ask: Ask;
  /** From which versions the tables answer: for the settings that are read next, and for people. */
  readonly tableHistory: TableHistory;
  /** The SMTP listeners that master.cf asks for. */
  readonly listeners: readonly ListenerPlan[];
  /** As a service of master.cf sees them: `587/inet`. These settings, if there is no such service. */
  service(name: string): Settings;
  /** Of all values: a verdict says which settings made it. */
  readonly hash: string;
}
