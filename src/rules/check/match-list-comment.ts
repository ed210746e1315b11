import type { Finding } from '../config/finding.ts';
import { toPrintable, type Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { openViews } from './view.ts';

/**
 * Lists of names, addresses and patterns: a word that begins with `#` ends them, with a warning.
 * @see Postfix's match_list(3); seen with 3.7.11 for each of those that its smtpd, cleanup, qmgr and trivial-rewrite read
 */
const MATCH_LISTS: ReadonlySet<Octets> = new Set(
  `authorized_flush_users authorized_mailq_users authorized_submit_users authorized_verp_clients debug_peer_list
  fast_flush_domains lmtp_connection_cache_destinations lmtp_sasl_mechanism_filter masquerade_exceptions mydestination
  mynetworks parent_domain_matches_subdomains permit_mx_backup_networks postscreen_allowlist_interfaces
  postscreen_forbidden_commands qmqpd_authorized_clients relay_domains smtp_connection_cache_destinations
  smtp_sasl_mechanism_filter smtpd_authorized_verp_clients smtpd_authorized_xclient_hosts
  smtpd_authorized_xforward_hosts smtpd_client_event_limit_exceptions smtpd_forbid_bare_newline_exclusions
  smtpd_forbidden_commands smtpd_log_access_permit_actions smtpd_sasl_exceptions_networks smtpd_sasl_mechanism_filter
  virtual_alias_domains virtual_mailbox_domains`.split(/\s+/),
);

/** Whether a word that begins with `#` ends the list of a parameter. */
export function isMatchList(name: Octets): boolean {
  return MATCH_LISTS.has(name);
}

/** What Postfix says of it. @param comment from its `#` to where the value ends */
export function toMatchListLine(name: Octets, comment: Octets): string {
  const [word = ''] = /^[^ ,\t\r\n]+/.exec(comment) ?? [];
  return `warning: ${name}: comment at end of line is not supported: ${toPrintable(`${word} ${comment.slice(word.length + 1)}`)}`;
}

/** Comments behind entries of files that such lists name: Postfix leaves the rest of the line out, and warns. */
export function* checkListFileComments(world: CheckWorld): Generator<Finding> {
  const seen = new Set<Octets>();
  for (const view of openViews(world, ['smtpd', 'cleanup', 'trivial-rewrite', 'qmgr'])) {
    for (const name of MATCH_LISTS) {
      if (!view.isSet(name)) continue;
      for (const { text } of view.words(name)) {
        const path = text.replace(/^!+/, '');
        const key = `${name} ${path}`;
        if (!path.startsWith('/') || seen.has(key)) continue;
        seen.add(key);
        yield* checkFile(path, name, world);
      }
    }
  }
}

function* checkFile(path: Octets, name: Octets, { readFile }: CheckWorld): Generator<Finding> {
  const file = readFile(path);
  if ('fault' in file) return;
  for (const [index, line] of file.text.split('\n').entries()) {
    const start = line.startsWith('#') ? -1 : line.search(/(?<=[ ,\t\r])#/);
    if (start < 0) continue;
    yield {
      severity: 'warning',
      code: 'list-file-comment',
      at: { file: path, line: index + 1, column: start + 1 },
      problem: `a comment stands behind an entry of ${name}`,
      why: 'Postfix leaves the rest of the line out, and warns each time a program reads the list.',
      hint: 'move the comment to a line of its own',
      postfixLine: toMatchListLine(name, `${line.slice(start)}\n`),
    };
  }
}
