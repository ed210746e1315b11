// What sendmail(1) is asked to tell the sender, and when: values of options that are ignored, with a warning, if they have
// no sense.
import type { Notify } from '../../rules/envelope.ts';

type Warn = (text: string) => void;

const NOTIFY: readonly Notify[] = ['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'];
const LONGEST_ENVID = 100;

/** `-N`. @returns nothing of what has no sense */
export function readNotify(value: string, warn: Warn): readonly Notify[] {
  const words = value.split(/[,\s]+/).filter((word) => word !== '');
  const named = words.map((word) => NOTIFY.find((known) => known === word.toUpperCase()));
  const unknown = words[named.indexOf(undefined)];
  if (unknown !== undefined) warn(`unknown DSN NOTIFY command value "${unknown}" in "${value}"`);
  const asked = NOTIFY.filter((known) => named.includes(known));
  if (unknown === undefined && asked.length > 0 && (asked.length === 1 || !asked.includes('NEVER'))) return asked;
  warn('bad -N option value -- ignored');
  return [];
}

/** `-R` */
export function readRet(value: string, warn: Warn): 'FULL' | 'HDRS' | undefined {
  const asked = value.toUpperCase();
  if (asked === 'FULL' || asked === 'HDRS') return asked;
  warn('bad -R option value -- ignored');
  return undefined;
}

/** `-V` */
export function readEnvid(value: string, warn: Warn): string | undefined {
  if (value.length > LONGEST_ENVID) warn('too long -V option value -- ignored');
  else if (/[^\x20-\x7e]/.test(value)) warn('bad syntax in -V option value -- ignored');
  else return value;
  return undefined;
}
