import type { Finding } from '../config/finding.ts';
import { readZone } from '../dns/zone.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { readClasses, readRestrictions, type Restriction } from './restriction-list.ts';
import { RESTRICTION_LISTS } from './restriction-names.ts';
import { openViews, type View } from './view.ts';

/** The default of catch_dns. */
const BESIDE_MAIN_CF = 'dns';

/** Restrictions that ask DNS, beside those with a domain of their own, which all do. */
const ASKS_DNS =
  /^(?:check_\w+_(?:a|mx|ns)_access|reject_unknown_(?:sender_domain|recipient_domain|address|helo_hostname|hostname)|permit_mx_backup|reject_maps_rbl)$/;

/** Where rules get their DNS records: lines of the file that are none, and rules that ask though nobody answers. */
export function* checkDnsRecords(world: CheckWorld): Generator<Finding> {
  const value = world.values.has('catch_dns') ? world.get('catch_dns') : BESIDE_MAIN_CF;
  if (value === 'system') return;
  const path = value.startsWith('/') ? value : `${world.directory}/${value}`;
  const file = value === '' ? undefined : world.readFile(path);
  if (file !== undefined && 'text' in file) {
    yield* readZone(file.text, path).faults.map(({ at, problem }): Finding => ({
      severity: 'warning',
      code: 'dns-record',
      at,
      problem,
      why: 'The line is left out: rules that ask for the name are told that there is no such record.',
      hint: 'write NAME TYPE VALUE, as in example.com MX 10 mail.example.com, or NAME SERVFAIL',
    }));
    return;
  }
  if (file !== undefined && world.values.has('catch_dns')) {
    yield {
      severity: 'warning',
      code: 'dns-file-missing',
      at: { file: world.mainCf },
      problem: `catch_dns: open ${path}: ${file.fault}`,
      why: 'Nobody is asked for DNS records: rules that need them decide nothing.',
      hint: 'write the file, a record a line: NAME TYPE VALUE',
    };
  }
  for (const view of openViews(world, ['smtpd'])) {
    const asking = findAsking(view);
    if (asking === undefined) continue;
    yield {
      severity: 'note',
      code: 'dns-not-asked',
      at: asking.word.at,
      problem: `${asking.name} asks DNS, and nobody answers here`,
      why: 'It decides nothing, while production may refuse the mail. The same is true of other restrictions that ask DNS.',
      hint: 'write the records into a file named dns beside main.cf, a line each: NAME TYPE VALUE; or set catch_dns = system to ask this machine’s servers',
    };
    return;
  }
}

function findAsking(view: View): Restriction | undefined {
  const classes = readClasses(view);
  const lists = [...[...RESTRICTION_LISTS.keys()].map((list) => view.words(list)), ...classes.values()];
  return lists
    .flatMap((words) => [...readRestrictions(words, 'smtpd_recipient_restrictions', classes)])
    .find(({ name, kind }) => kind === 'domain' || asksDns(name));
}

function asksDns(name: Octets): boolean {
  return ASKS_DNS.test(name);
}
