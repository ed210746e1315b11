import { formatIpAddress, parseIpAddress, withoutMapping, type IpAddress } from '../address/ip-address.ts';
import { takesFamily } from '../address/protocols.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';

/** Whose connection a proxy passes on, and where it was made to. */
export interface ProxiedConnection {
  readonly client: { readonly address: Octets; readonly port: number };
  readonly server: { readonly address: Octets; readonly port: number };
}

/**
 * What the first octets of a connection come to. Where it can be told, how many of them the header takes.
 * @property connection undefined: the proxy speaks for itself, as for a health check
 */
export type ProxyHeader =
  | { readonly sizeBytes: number; readonly connection: ProxiedConnection | undefined }
  | { readonly fault: string }
  | 'incomplete';

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';
/** Of the binary form: the signature, version and command, family, and a length of two octets. */
const FIXED_BYTES = 16;
/** As far as Postfix looks for the end of a line. */
const LONGEST_LINE = 256;
const FAMILIES = { TCP4: 'ipv4', TCP6: 'ipv6' } as const;
type Family = (typeof FAMILIES)[keyof typeof FAMILIES];

/**
 * Reads the header that a proxy puts before a connection, in either form. As in Postfix, connections of an unknown kind
 * are refused: rules would take the proxy for the client.
 * @param octets what has come so far, as Latin-1
 * @param view whose inet_protocols counts
 * @see https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt; postconf(5), smtpd_upstream_proxy_protocol
 */
export function readProxyHeader(octets: Octets, view: Pick<View, 'words'>): ProxyHeader {
  if (octets.startsWith(SIGNATURE)) return readBinary(octets, view);
  if (octets.length < SIGNATURE.length && SIGNATURE.startsWith(octets)) return 'incomplete';
  const end = octets.indexOf('\n');
  if (end >= 0 && end < LONGEST_LINE) return readLine(octets.slice(0, end + 1), view);
  return end < 0 && octets.length < LONGEST_LINE ? 'incomplete' : { fault: 'missing protocol header terminator' };
}

/** `PROXY TCP4 192.0.2.7 10.1.2.3 5555 25`; what stands behind is nothing to us. */
function readLine(line: Octets, view: Pick<View, 'words'>): ProxyHeader {
  const [word = '', protocol = '', from = '', to = '', fromPort = '', toPort = ''] = line
    .split(/[ \r\n]+/)
    .filter((item) => item !== '');
  if (word !== 'PROXY') return { fault: 'unexpected protocol header' };
  const kind = protocol.toUpperCase();
  const family = kind === 'TCP4' || kind === 'TCP6' ? FAMILIES[kind] : undefined;
  if (family === undefined || !takesFamily(view, family)) return { fault: 'unsupported protocol type' };
  const client = readAddress(from, family, view);
  if (client === undefined) return { fault: 'unexpected client address syntax' };
  const server = readAddress(to, family, view);
  if (server === undefined) return { fault: 'unexpected server address syntax' };
  if (!isPort(fromPort)) return { fault: 'unexpected client port syntax' };
  if (!isPort(toPort)) return { fault: 'unexpected server port syntax' };
  const connection = {
    client: { address: client, port: Number(fromPort) },
    server: { address: server, port: Number(toPort) },
  };
  return { sizeBytes: line.length, connection };
}

/** Commands and families are numbers; options behind the addresses are nothing to us. */
function readBinary(octets: Octets, view: Pick<View, 'words'>): ProxyHeader {
  if (octets.length < FIXED_BYTES) return 'incomplete';
  const command = octets.charCodeAt(12);
  const sizeBytes = FIXED_BYTES + readNumber(octets, 14);
  if (command !== 0x20 && command !== 0x21) return { fault: 'bad version or command in protocol header' };
  if (octets.length < sizeBytes) return 'incomplete';
  if (command === 0x20) return { sizeBytes, connection: undefined };
  const family: Family | undefined = ({ 0x11: 'ipv4', 0x21: 'ipv6' } as const)[octets.charCodeAt(13)];
  const width = family === 'ipv4' ? 4 : 16;
  const portsAt = FIXED_BYTES + 2 * width;
  if (family === undefined || sizeBytes < portsAt + 4) return { fault: 'unsupported address family or length' };
  if (!takesFamily(view, family)) return { fault: 'unsupported protocol type' };
  const toAddress = (at: number): Octets => {
    const numbers = Array.from(octets.slice(at, at + width), (octet) => octet.charCodeAt(0));
    return toText({ family, octets: numbers }, view);
  };
  return {
    sizeBytes,
    connection: {
      client: { address: toAddress(FIXED_BYTES), port: readNumber(octets, portsAt) },
      server: { address: toAddress(FIXED_BYTES + width), port: readNumber(octets, portsAt + 2) },
    },
  };
}

function readAddress(text: Octets, family: Family, view: Pick<View, 'words'>): Octets | undefined {
  const address = parseIpAddress(text);
  return address?.family === family ? toText(address, view) : undefined;
}

/** An IPv4 address within IPv6 is one of IPv4, where that is spoken. */
function toText(address: IpAddress, view: Pick<View, 'words'>): Octets {
  return formatIpAddress(takesFamily(view, 'ipv4') ? withoutMapping(address) : address);
}

function readNumber(octets: Octets, at: number): number {
  return octets.charCodeAt(at) * 256 + octets.charCodeAt(at + 1);
}

function isPort(text: Octets): boolean {
  return /^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= 65_535;
}
