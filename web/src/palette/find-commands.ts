import type { Command } from './commands.ts';

/**
 * The commands whose text has every word of `typed` in it, whatever its case; those that begin with it first.
 * @param max at most so many
 */
export function findCommands(commands: readonly Command[], typed: string, max: number): readonly Command[] {
  const wanted = typed.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const found = commands.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  const begins = found.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  return [...begins, ...found.filter((command) => !begins.includes(command))].slice(0, max);
}
