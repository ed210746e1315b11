/** A message as it is sent: lines end as files of this machine have them, mail has CRLF. */
export function toMailOctets(octets: Buffer): Uint8Array {
  return Buffer.from(octets.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}
