import { openLiveLookups } from '../lookups/live-lookups.ts';
import type { SourceLocation } from '../rules/config/config-error.ts';
import type { RecordedAnswers } from '../rules/question.ts';
import type { RuleWorld } from '../rules/world.ts';
import { loadSettings } from '../settings/load.ts';
import { readMachine } from '../settings/machine.ts';
import { openRuleWorld } from '../settings/rule-world.ts';
import type { Settings } from '../settings/settings.ts';
import type { Context } from './context.ts';

/** The flags by which a command is told which configuration it asks. */
export const CONFIGURATION_OPTIONS = {
  config: { short: 'c', value: 'DIR', summary: 'where main.cf and master.cf are' },
  override: {
    short: 'o',
    value: 'NAME=VALUE',
    isRepeated: true,
    summary: 'any parameter, as in main.cf; repeatable',
  },
} as const;

/** The flag by which a command is told that it may ask policy servers. */
export const LIVE_OPTION = {
  summary: 'ask policy servers, too, where catch_lookup_allow lets them be asked: they may remember it',
} as const;

/** Which configuration a command asks. */
export interface ConfigurationChoice {
  /** The directory of main.cf; without it the one that the environment names, or Postfix's. */
  readonly config?: string | undefined;
  /** What names that directory, for mistakes. @default --config */
  readonly named?: { readonly spelled: string; readonly at: SourceLocation } | undefined;
  /** Each `name=value`, as after `-o`. */
  readonly override: readonly string[];
  /** Whether policy servers are asked. @default no */
  readonly live?: boolean | undefined;
}

/** A flag that names a directory. */
export function byFlag(spelled: string): NonNullable<ConfigurationChoice['named']> {
  return { spelled, at: { file: '<command line>' } };
}

/** A configuration that rules can be asked about, with nothing sent, stored or run. */
export interface OpenConfiguration extends AsyncDisposable {
  readonly settings: Settings;
  readonly world: RuleWorld;
  /**
   * Makes a decision, with the answers from outside that its tables need.
   * @param run is called again until every question is answered; synchronous, and pure but for what tables ask
   * @param recorded what policy servers said before, unless they are asked anew
   * @throws what `run` throws, and the reason of the context's signal
   */
  decide<T>(run: () => T, recorded?: RecordedAnswers): Promise<T>;
}

/** Opens it as it is now: what changes in its files later isn't seen. @throws {ConfigErrors} if it can't be used */
export function openConfiguration(
  { config, named = byFlag('--config'), override, live = false }: ConfigurationChoice,
  context: Context,
): OpenConfiguration {
  const lookups = openLiveLookups(() => undefined);
  const settings = loadSettings({
    ...(config !== undefined && { directory: { path: config, ...named } }),
    environment: context.env,
    overrides: override,
    machine: readMachine(context.cwd),
    ask: lookups.ask,
    reportLookup: lookups.report,
  });
  lookups.follow(() => settings);
  return {
    settings,
    world: openRuleWorld(settings),
    decide: async (run, recorded) => {
      const how = live ? { asksPolicy: true } : { recorded };
      return (await lookups.decide(run, { ...how, signal: context.signal })).value;
    },
    [Symbol.asyncDispose]: () => lookups[Symbol.asyncDispose](),
  };
}
