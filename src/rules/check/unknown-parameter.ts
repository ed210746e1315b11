import type { Finding } from '../config/finding.ts';
import { editDistance, findNearestName } from '../config/nearest-name.ts';
import { PARAMETER_NAMES } from '../config/spelling.ts';
import { toPrintable, type Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { findTodaysForm } from './deprecated.ts';
import type { KnownNames } from './known-names.ts';
import { findOtherProgram } from './other-programs.ts';
import { listSettings, type SettingOf } from './settings-of.ts';
import { findNewerVersion, isOlder } from './versions.ts';

/** Services of master.cf that people take for parameters. */
const SERVICES = new Map([
  ['smtps', 'submissions inet n - n - - smtpd -o smtpd_tls_wrappermode=yes'],
  ['submissions', 'submissions inet n - n - - smtpd -o smtpd_tls_wrappermode=yes'],
  ['submission', 'submission inet n - n - - smtpd'],
  ['smtp', 'smtp inet n - n - - smtpd'],
  ['postscreen', 'smtp inet n - n - 1 postscreen'],
]);

/** Parameters that nobody reads: misspelt, another program's, another version's, or somebody's own. */
export function* checkUnknownParameters(world: CheckWorld): Generator<Finding> {
  const { known } = world;
  for (const setting of listSettings(world)) {
    const { name } = setting;
    if (known.isPostfix(name)) {
      const since = world.parameters.get(name)?.since;
      if (since !== undefined && isOlder(world.version, since)) yield toVersionFinding(setting, world, since);
    } else if (!known.isOurs(name) && !known.isUsed(name)) {
      const finding = toFinding(setting, world, known);
      if (finding !== undefined) yield finding;
    }
  }
}

function toFinding(setting: SettingOf, world: CheckWorld, known: KnownNames): Finding | undefined {
  const { name } = setting;
  const since = findNewerVersion(name);
  if (since !== undefined) return isOlder(world.version, since) ? toVersionFinding(setting, world, since) : undefined;
  const service = SERVICES.get(name);
  if (service !== undefined) {
    return toUnused(setting, {
      code: 'service-not-parameter',
      problem: `${name} is no parameter, but a service`,
      why: 'Nothing listens because of this line: which services run is said in master.cf.',
      hint: `take it out, and write into master.cf: ${service}`,
    });
  }
  const other = findOtherProgram(name);
  if (other !== undefined) {
    return toUnused(setting, {
      code: 'parameter-of-another-program',
      problem: `${name} is a parameter of ${other.program}, not of Postfix`,
      why: 'No program of Postfix reads it.',
      hint: `move it to ${other.file} of ${other.program}`,
    });
  }
  if (name.startsWith('catch_')) return toOurs(setting);
  const [, stage] = /^mua_(client|helo|sender)_restrictions$/.exec(name) ?? [];
  if (stage !== undefined) {
    return toUnused(setting, {
      code: 'unused-parameter',
      problem: `nothing uses ${name}`,
      why: 'It is for the services submission and submissions of the master.cf that comes with Postfix, whose line that asks for it is a comment.',
      hint: `write -o smtpd_${stage}_restrictions=$${name} under a service of master.cf, or take it out`,
    });
  }
  const nearest = findNearest(name, [...world.parameters.keys(), ...PARAMETER_NAMES]);
  if (nearest !== undefined) {
    const isDouble = world.values.has(nearest) && known.isPostfix(nearest);
    return toUnused(setting, {
      code: 'unknown-parameter',
      problem: `there is no parameter ${name}`,
      why: `Nothing reads it; ${nearest} ${isDouble ? 'is set elsewhere' : 'keeps its default'}.`,
      hint: `write ${findTodaysForm(nearest, setting.value) ?? nearest}`,
    });
  }
  return toUnused(setting, {
    code: 'unused-parameter',
    problem: `nothing uses ${name}`,
    why: `No program of Postfix knows it, and no $${name} asks for it.`,
    hint: `take it out, or correct the name`,
  });
}

function toUnused(
  { name, written, at, file }: SettingOf,
  about: Pick<Finding, 'code' | 'problem' | 'why' | 'hint'>,
): Finding {
  const postfixLine = `warning: ${file}: unused parameter: ${name}=${toPrintable(written)}`;
  return { severity: 'warning', at, ...about, postfixLine };
}

/** A name that looks like one of this program's own: Postfix is not meant. */
function toOurs({ name, at }: SettingOf): Finding {
  const nearest = findNearestName(name, PARAMETER_NAMES);
  return {
    severity: 'error',
    code: 'unknown-parameter',
    at,
    problem: `there is no parameter ${name}`,
    why: 'It does nothing, here or in Postfix.',
    hint: nearest === undefined ? 'see postfixture help parameters' : `write ${nearest}`,
  };
}

function toVersionFinding({ name, written, at, file }: SettingOf, { version }: CheckWorld, since: string): Finding {
  return {
    severity: 'warning',
    code: 'parameter-of-another-version',
    at,
    problem: `${name} came with Postfix ${since}; production runs ${version}`,
    why: `Postfix ${version} does not read it.`,
    hint: `upgrade Postfix to ${since}, set catch_postfix_version if it runs already, or take the line out`,
    postfixLine: `warning: ${file}: unused parameter: ${name}=${toPrintable(written)}`,
  };
}

/** The name that was meant: a slip of one letter in five, or a name whose end is missing. */
function findNearest(name: Octets, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 5));
  const folded = name.toLowerCase();
  let nearest: string | undefined;
  let least = most + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > most || countOtherLetters(folded, candidate.toLowerCase()) > most)
      continue;
    const distance = editDistance(folded, candidate.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest ?? known.find((candidate) => candidate.startsWith(`${name}_`));
}

/** How many letters of `a` aren't in `b`, wherever they stand: no fewer must be changed, and this is counted faster. */
function countOtherLetters(a: Octets, b: Octets): number {
  const left = new Map<string, number>();
  for (const letter of b) left.set(letter, (left.get(letter) ?? 0) + 1);
  let others = 0;
  for (const letter of a) {
    const count = left.get(letter) ?? 0;
    if (count === 0) others++;
    else left.set(letter, count - 1);
  }
  return others;
}
