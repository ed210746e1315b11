import { expect, test } from 'vitest';
import { findDefaultDataDirectory, toAbsolutePath } from '../../src/settings/data-directory.ts';
import { testMachine } from '../support/settings.ts';

const linux = { ...testMachine, homeDirectory: '/home/ann' };
const mac = { ...testMachine, platform: 'darwin', homeDirectory: '/Users/ann' } as const;
const windows = { ...testMachine, platform: 'win32', homeDirectory: 'C:\\Users\\ann' } as const;

test.for<{ machine: typeof testMachine; environment: Record<string, string>; directory: string }>([
  { machine: linux, environment: {}, directory: '/home/ann/.local/state/postfixture' },
  { machine: linux, environment: { XDG_STATE_HOME: '/state' }, directory: '/state/postfixture' },
  { machine: linux, environment: { XDG_STATE_HOME: 'state' }, directory: '/home/ann/.local/state/postfixture' },
  { machine: linux, environment: { XDG_STATE_HOME: '' }, directory: '/home/ann/.local/state/postfixture' },
  { machine: mac, environment: {}, directory: '/Users/ann/Library/Application Support/postfixture' },
  { machine: mac, environment: { XDG_STATE_HOME: '/state' }, directory: '/state/postfixture' },
  { machine: windows, environment: {}, directory: 'C:\\Users\\ann\\AppData\\Local\\postfixture' },
  { machine: windows, environment: { LOCALAPPDATA: 'D:\\Local' }, directory: 'D:\\Local\\postfixture' },
])('$machine.platform with $environment: $directory', ({ machine, environment, directory }) => {
  expect(findDefaultDataDirectory(machine, environment)).toBe(directory);
});

test.for([
  { machine: { ...linux, cwd: '/app' }, path: 'mail', absolute: '/app/mail' },
  { machine: { ...linux, cwd: '/app' }, path: '/mail', absolute: '/mail' },
  { machine: { ...windows, cwd: 'C:\\app' }, path: 'mail', absolute: 'C:\\app\\mail' },
])('$path in $machine.cwd is $absolute', ({ machine, path, absolute }) => {
  expect(toAbsolutePath(machine, path)).toBe(absolute);
});
