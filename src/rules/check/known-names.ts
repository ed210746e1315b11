import { readOverrides } from '../config/master-cf.ts';
import { scanMacros } from '../config/macros.ts';
import { listKnownParameters } from '../config/parameter-use.ts';
import { isOwnParameter } from '../config/spelling.ts';
import { listTableParameters } from '../config/table-client-parameters.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { listClassNames } from './restriction-list.ts';
import { listSettings } from './settings-of.ts';

/** Whether somebody reads a parameter: Postfix, this program, a `$name`, a table, or a restriction class. */
export interface KnownNames {
  /** Postfix has it, or makes it for a service of master.cf; old names included. */
  readonly isPostfix: (name: Octets) => boolean;
  /** It is one of this program's. */
  readonly isOurs: (name: Octets) => boolean;
  /** It is the user's own, and something asks for it. */
  readonly isUsed: (name: Octets) => boolean;
}

/** Finds out which names somebody reads. */
export function readKnownNames(world: Omit<CheckWorld, 'known'>): KnownNames {
  const services = world.services.map(({ fields }) => ({
    service: fields.service,
    program: fields.command.slice(fields.command.lastIndexOf('/') + 1),
  }));
  const known = listKnownParameters(world.parameters, services);
  const used = new Set(listClassNames(world));
  for (const { name, value, expand } of listSettings(world)) {
    if (world.parameters.get(name)?.type !== 'raw string') scanMacros(value, (asked) => void used.add(asked));
    listTableParameters(expand(value), {
      use: (asked) => void used.add(asked),
      checkFile: () => {},
      complain: () => {},
    });
  }
  for (const service of world.services) {
    for (const { text } of service.args) scanMacros(text, (asked) => void used.add(asked));
  }
  return {
    isPostfix: (name) => known.has(name),
    isOurs: isOwnParameter,
    isUsed: (name) => used.has(name),
  };
}

/** Every name that something sets: what a `$name` may stand for. */
export function listSetNames(world: CheckWorld): ReadonlySet<Octets> {
  return new Set([
    ...world.values.keys(),
    ...world.services.flatMap((service) => readOverrides(service).map(({ name }) => name)),
  ]);
}
