import type { ParameterName, ParameterValue } from '../rules/config/parameters.ts';

/** Where a value comes from. */
export type SettingSource = 'default' | 'override' | 'environment' | 'flag' | 'option';

/** Every setting, frozen. A session keeps the settings that it began with; a reload makes a new value. */
export interface Settings {
  /** The value, converted and with `$name` expanded: numbers are octets or ms, lists are split. */
  get<N extends ParameterName>(name: N): ParameterValue<N>;
  sourceOf(name: ParameterName): SettingSource;
  /** Of all values: a verdict says which settings made it. */
  readonly hash: string;
}
