// The files that mail left behind. @see outcome and scan_keep in oracle/pforacle.py
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText } from '../python/text.ts';
import type { Sandbox } from '../sandbox.ts';
import { listFields, normaliseMail, splitMail, type Field } from './mail-text.ts';
import { MAIL_PLACES } from './mailbox.ts';

/** A file as it is recorded. */
export type LeftFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly head: readonly Field[]; readonly mbox_messages?: number };

const SHOWN: readonly string[] = ['Return-Path', 'X-Original-To', 'Delivered-To'];
const MBOX_TIME = /^(From \S* +)\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/gm;

/** Every file where mail may be, by its path in the case. */
export async function listMailFiles(sandbox: Sandbox): Promise<readonly string[]> {
  const found = await Promise.all(MAIL_PLACES.map(async (place) => await listBelow(place, sandbox)));
  return found.flat();
}

async function listBelow(directory: string, sandbox: Sandbox): Promise<readonly string[]> {
  const entries = await readdir(sandbox.locate(directory), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? await listBelow(path, sandbox) : [path];
    }),
  );
  return found.flat();
}

/**
 * Tells of the files that weren't there before, and removes them.
 * @param before their paths: these stay
 */
export async function takeLeftFiles(
  sandbox: Sandbox,
  before: ReadonlySet<string>,
  hideIds: (text: string) => string,
): Promise<readonly LeftFile[]> {
  const left = (await listMailFiles(sandbox)).filter((path) => !before.has(path));
  return await Promise.all(
    left.map(async (path) => {
      const text = decodeText(await readFile(sandbox.locate(path)));
      await rm(sandbox.locate(path));
      return toLeftFile(path, text, hideIds);
    }),
  );
}

function toLeftFile(path: string, text: string, hideIds: (text: string) => string): LeftFile {
  const [, maildir] = /^(.*\/(?:new|cur|tmp))\//.exec(path) ?? [];
  const shown = maildir === undefined ? path : `${maildir}/*`;
  if (path.endsWith('.out')) {
    return { path: shown, text: normaliseMail(hideIds(text)).replace(MBOX_TIME, '$1<TIME>') };
  }
  const { head } = splitMail(text);
  const fields = listFields(head.replace(/^From .*\n/, ''), hideIds).filter(([name]) => SHOWN.includes(name));
  if (maildir !== undefined) return { path: shown, head: fields };
  return { path: shown, head: fields, mbox_messages: text.match(/^From /gm)?.length ?? 0 };
}
