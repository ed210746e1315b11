import type { Finding } from '../config/finding.ts';
import { getParameter } from '../config/spelling.ts';
import { readZone, readZoneFile } from '../dns/zone.ts';
import type { CheckWorld } from './check-world.ts';
import { listRestrictions } from './restriction-list.ts';
import { openViews } from './view.ts';

/** Restrictions that ask DNS, beside those with a domain of their own, which all do. */
const ASKS_DNS =
  /^(?:check_\w+_(?:a|mx|ns)_access|reject_unknown_(?:sender_domain|recipient_domain|address|helo_hostname|hostname)|permit_mx_backup|reject_maps_rbl)$/;

/** Where rules get their DNS records: lines of the file that are none, and rules that ask though nobody answers. */
export function* checkDnsRecords(world: CheckWorld): Generator<Finding> {
  const value = world.values.has('catch_dns') ? world.get('catch_dns') : getParameter('catch_dns').default;
  if (value === 'system') return;
  const file = readZoneFile(value, world);
  if (file && 'text' in file.fact) {
    yield* readZone(file.fact.text, file.path).faults.map(({ at, problem }): Finding => ({
      severity: 'warning',
      code: 'dns-record',
      at,
      problem,
      why: 'The line is left out: rules that ask for the name are told that there is no such record.',
      hint: 'write NAME TYPE VALUE, as in example.com MX 10 mail.example.com, or NAME SERVFAIL',
    }));
    return;
  }
  if (file && 'fault' in file.fact && world.values.has('catch_dns')) {
    yield {
      severity: 'warning',
      code: 'dns-file-missing',
      at: { file: world.mainCf },
      problem: `catch_dns: open ${file.path}: ${file.fact.fault}`,
      why: 'Nobody is asked for DNS records: rules that need them decide nothing.',
      hint: 'write the file, a record a line: NAME TYPE VALUE',
    };
  }
  for (const view of openViews(world, ['smtpd'])) {
    const asking = listRestrictions(view).find(({ name, kind }) => kind === 'domain' || ASKS_DNS.test(name));
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
