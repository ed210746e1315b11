import type { View } from '../world.ts';

/** Whether Postfix uses addresses of a family. @see postconf(5), inet_protocols */
export function takesFamily(view: Pick<View, 'words'>, family: 'ipv4' | 'ipv6'): boolean {
  return view.words('inet_protocols').some((name) => ['all', family].includes(name.toLowerCase()));
}
