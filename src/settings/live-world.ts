import type { RuleWorld } from '../rules/world.ts';
import type { LiveSettings } from './live-settings.ts';
import { openRuleWorld } from './rule-world.ts';
import type { Settings } from './settings.ts';

/** What rules may know, as the settings are now: made again only when these change. */
export function followRuleWorld(live: Pick<LiveSettings, 'current'>): () => RuleWorld {
  let made: { readonly settings: Settings; readonly world: RuleWorld } | undefined;
  return () => {
    const settings = live.current();
    if (made?.settings !== settings) made = { settings, world: openRuleWorld(settings) };
    return made.world;
  };
}
