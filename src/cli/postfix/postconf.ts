import type { Octets } from '../../rules/octets.ts';
import type { Context } from '../context.ts';
import { reportAs, toUsageError, type PostfixTool } from '../postfix-tool.ts';
import { editAsAsked, isEdit } from './postconf-edit.ts';
import { showTemplates } from './postconf-bounce.ts';
import { formatParameters } from './postconf-main.ts';
import { formatServices, isAboutMaster } from './postconf-master.ts';
import { readPostconfRequest, type PostconfFlag, type PostconfRequest } from './postconf-request.ts';
import { openPostconfSession } from './postconf-session.ts';

/** What Postfix 3.7 has built in, as Debian builds it. */
const BUILT_IN = new Map<PostconfFlag, readonly string[]>([
  ['a', ['cyrus', 'dovecot']],
  ['A', ['cyrus']],
  ['l', ['flock', 'fcntl', 'dotlock']],
  [
    'm',
    [
      ...['btree', 'cidr', 'environ', 'fail', 'hash', 'inline', 'internal', 'lmdb', 'memcache', 'nis', 'pcre'],
      ...['pipemap', 'proxy', 'randmap', 'regexp', 'socketmap', 'static', 'tcp', 'texthash', 'unionmap', 'unix'],
    ],
  ],
]);

/** postconf(1): shows main.cf, master.cf and defaults. */
export const postconf: PostfixTool = {
  name: 'postconf',
  summary: 'show or change the configuration',
  async run(argv, context) {
    const request = readPostconfRequest(argv, context.stderr);
    for (const [flag, lines] of BUILT_IN) {
      if (request.flags.has(flag)) {
        context.stdout.write(lines.map((line) => `${line}\n`).join(''));
        return 0;
      }
    }
    if (request.flags.has('T'))
      throw toUsageError('-T is not supported: nothing here is built with OpenSSL of its own');
    if (request.flags.has('b') || request.flags.has('t')) return showTemplates(request, context);
    if (isEdit(request)) await editAsAsked(request, context);
    else if (isAboutMaster(request)) showServices(request, context);
    else showParameters(request, context);
    return 0;
  },
};

function showParameters(request: PostconfRequest, context: Context): void {
  const report = reportAs('postconf', context.stderr);
  const session = openPostconfSession(request, context, { report, needsMaster: false });
  writeOctets(formatParameters(request, session, report), context);
  for (const finding of session.use.listUnused()) report(finding);
}

function showServices(request: PostconfRequest, context: Context): void {
  const report = reportAs('postconf', context.stderr);
  const session = openPostconfSession(request, context, { report, needsMaster: true });
  for (const text of formatServices(request, session, report)) writeOctets(text, context);
  for (const finding of session.use.listUnused()) report(finding);
}

function writeOctets(octets: Octets, { stdout }: Context): void {
  stdout.write(Buffer.from(octets, 'latin1'));
}
