// What the product answered to a probe, and the world that it was asked in.
import type { MailSystem } from './mail/mail-system.ts';
import { runCommand, type Command, type CommandResult, type Place } from './command.ts';
import type { WrittenTime } from './normalise.ts';
import type { Rewriter } from './rewriter.ts';
import type { Vector } from './vector.ts';
import { getAccount } from './world.ts';

/** What the product answered, to be compared with `expected`. */
export interface Answer {
  readonly got: Readonly<Record<string, unknown>>;
  /** What is wrong by itself, whatever was expected. */
  readonly complaints: readonly string[];
}

/** A case's world while its probes are put, in their order. */
export interface World {
  readonly place: Place;
  readonly vector: Vector;
  /** When the case began: milliseconds since 1970. */
  readonly beganAt: number;
  /** The server, started when it is first asked for. */
  readonly mailSystem: () => Promise<MailSystem>;
  /** The rules of trivial-rewrite(8), read when they are first asked for. */
  readonly rewriter: () => Rewriter;
}

/** What surrounds a command where a probe says nothing: root, in /etc/postfix. */
export type Asked = Pick<Command, 'argv'> & Partial<Command>;

/** Runs a command in the world. */
export async function ask(command: Asked, { place }: World): Promise<CommandResult> {
  const plain = { stdin: new Uint8Array(), account: getAccount('root'), env: {}, cwd: '/etc/postfix' };
  return await runCommand({ ...plain, ...command }, place);
}

/** Says which of the times that a command wrote don't lie within the run. What the case itself brought may be old. */
export function findStrayTimes(times: readonly WrittenTime[], { beganAt, vector }: World): readonly string[] {
  // Times are written in whole seconds, and a file system's clock may lag behind.
  const [from, to] = [beganAt - 2000, Date.now() + 1000];
  const stray = times.filter(({ at }) => !(at >= from && at <= to));
  if (stray.length === 0) return [];
  const brought = JSON.stringify([vector.config, vector.probes.map((probe) => ({ ...probe, expected: null }))]);
  return stray
    .filter(({ written }) => !brought.includes(JSON.stringify(written).slice(1, -1)))
    .map(({ written }) => `a time that is not within the run: ${written}`);
}
