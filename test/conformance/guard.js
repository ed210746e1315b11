// Loaded into whatever runs the product's tools: a real Postfix on the machine must not answer by accident. Who starts a
// program of its directories gets an error, and is written down in the file that CONFORMANCE_OFFENCES names.
import childProcess from 'node:child_process';
import { appendFileSync, existsSync, realpathSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

const FORBIDDEN = /^(?:\/usr(?:\/local)?)?\/sbin(?:\/|$)|^\/usr\/lib(?:exec)?\/postfix(?:\/|$)/;

/** @param {string} file @param {string | undefined} path a PATH */
function refuse(file, path) {
  const found = isAbsolute(file)
    ? file
    : (path ?? '')
        .split(delimiter)
        .map((folder) => join(folder, file))
        .find((candidate) => existsSync(candidate));
  if (found === undefined || !isForbidden(found)) return;
  const offences = process.env.CONFORMANCE_OFFENCES;
  if (offences) appendFileSync(offences, `${found}\n`);
  throw new Error(`the machine's own ${found} may not be run`);
}

/** @param {string} path */
function isForbidden(path) {
  return FORBIDDEN.test(dirname(path)) || (existsSync(path) && FORBIDDEN.test(dirname(realpathSync(path))));
}

/** Refuses what a shell's command line names by its path. @param {string} line @param {string | undefined} path */
function refuseLine(line, path) {
  for (const word of line.split(/[\s;&|<>()'"]+/)) if (word !== '') refuse(word, path);
}

/** @param {readonly string[] | undefined} pairs `NAME=value` */
function findPath(pairs) {
  return pairs?.find((pair) => pair.startsWith('PATH='))?.slice('PATH='.length) ?? process.env.PATH;
}

const { ChildProcess, spawnSync, execFileSync, execSync } = childProcess;
const spawn = ChildProcess.prototype.spawn;
/** @param {{ file: string, args?: string[], envPairs?: string[] }} options */
ChildProcess.prototype.spawn = function (options) {
  const path = findPath(options.envPairs);
  refuse(options.file, path);
  if (options.args?.[1] === '-c') refuseLine(options.args[2] ?? '', path);
  return spawn.call(this, options);
};
for (const [name, original] of Object.entries({ spawnSync, execFileSync })) {
  childProcess[name] = (file, ...rest) => {
    const options = rest.find((value) => value !== null && typeof value === 'object' && !Array.isArray(value));
    refuse(file, options?.env?.PATH ?? process.env.PATH);
    return original(file, ...rest);
  };
}
childProcess.execSync = (line, options) => {
  refuseLine(line, options?.env?.PATH ?? process.env.PATH);
  return execSync(line, options);
};
syncBuiltinESMExports();
