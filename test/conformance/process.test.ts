import { expect, test } from 'vitest';
import { locateInScript } from './process.ts';

test.for([
  {
    script: 'cat /etc/postfix/t',
    located: 'cat /box/etc/postfix/t',
    why: "coreutils know nothing of the case's paths",
  },
  { script: 'rm /var/mail/a /home/b', located: 'rm /box/var/mail/a /box/home/b', why: 'each path' },
  {
    script: 'postmap -q k hash:/etc/postfix/t',
    located: 'postmap -q k hash:/etc/postfix/t',
    why: 'the tools map paths',
  },
  {
    script: 'postconf -e a=/etc/x; ls /etc/x',
    located: 'postconf -e a=/etc/x; ls /box/etc/x',
    why: 'each command by itself',
  },
  { script: 'postconf -n > /tmp/x', located: 'postconf -n > /box/tmp/x', why: 'it is the shell that redirects' },
  { script: "echo 'a; b' >>/etc/x", located: "echo 'a; b' >>/box/etc/x", why: 'quotes hold a command together' },
  { script: "stat -c '%a /etc' t", located: "stat -c '%a /box/etc' t", why: 'quoted paths are paths' },
  { script: 'cat /usr/share/x etc/postfix ../etc', located: 'cat /usr/share/x etc/postfix ../etc', why: 'no others' },
  { script: 'a | b && c || d\ne', located: 'a | b && c || d\ne', why: 'all else stays as it is' },
])('$script is run as $located: $why', ({ script, located }) => {
  expect(locateInScript(script, '/box')).toBe(located);
});
