import { domainToASCII } from 'node:url';
import type { AskDns, DnsType } from '../rules/dns/dns.ts';
import { readZone, readZoneFile } from '../rules/dns/zone.ts';
import { fromOctets, toOctets, type Octets } from '../rules/octets.ts';
import type { Ask } from '../rules/question.ts';
import type { Settings } from './settings.ts';

/**
 * Who answers rules that ask DNS: the file that catch_dns names, or, for `system`, the machine's servers.
 * @returns undefined if there is no such file: nobody is asked
 */
export function openDns(settings: Pick<Settings, 'get' | 'configuration' | 'ask'>): AskDns | undefined {
  const ask = chooseDns(settings);
  return ask && ((name, type) => ask(toAsciiName(name), type));
}

function chooseDns(settings: Parameters<typeof openDns>[0]): AskDns | undefined {
  const value = settings.get('catch_dns');
  if (value === 'system') return (name, type) => askServers(settings.ask, name, type);
  const file = readZoneFile(toOctets(value), settings.configuration);
  return file && 'text' in file.fact ? readZone(file.fact.text, file.path).ask : undefined;
}

/** With A-labels (RFC 5890), if it can be written so. */
function toAsciiName(name: Octets): Octets {
  if (/^[\x00-\x7f]*$/.test(name)) return name;
  const ascii = domainToASCII(fromOctets(name));
  return ascii === '' ? name : ascii;
}

function askServers(ask: Ask, name: Octets, type: DnsType): ReturnType<AskDns> {
  const { rows, faults } = ask({ kind: 'dns', name, type });
  if (rows === undefined) return { status: 'try again' };
  if (rows.length > 0) return { status: 'found', records: rows.map(([record]) => record ?? '') };
  return { status: faults.some(({ message }) => message === 'no domain') ? 'no domain' : 'no data' };
}
