import type { ReportFinding } from '../../rules/config/finding.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import { formatLine } from './postconf-format.ts';
import type { PostconfRequest, PrintedClass } from './postconf-request.ts';
import { isOwnParameter } from '../../rules/config/spelling.ts';
import type { PostconfSession } from './postconf-session.ts';

/**
 * What postconf(1) prints of main.cf's parameters: those that are named, in that order, else all, sorted.
 * @param report gets the names that nobody knows
 * @throws {FatalError} if a value can't be expanded
 */
export function formatParameters(request: PostconfRequest, session: PostconfSession, report: ReportFinding): Octets {
  const names = request.operands.map(toOctets);
  const lines = names.length > 0 ? names : listAll(request.classes, session);
  return lines
    .map((name) => {
      if (session.use.known.has(name) || isOwnParameter(name)) return formatParameter(name, request, session);
      report(toUnknownFinding(name));
      return '';
    })
    .join('');
}

function listAll(classes: ReadonlySet<PrintedClass>, { use }: PostconfSession): readonly Octets[] {
  return [...use.known]
    .filter(([, kind]) => kind !== 'legacy' && classes.has(kind))
    .map(([name]) => name)
    .sort((a, b) => (a < b ? -1 : 1));
}

function formatParameter(name: Octets, { flags }: PostconfRequest, session: PostconfSession): Octets {
  const text = session.find(name);
  if (text === undefined) return '';
  const isFolded = flags.has('f');
  if (flags.has('H')) return formatLine(name, { isFolded });
  const isRaw = session.config.parameters.get(name)?.type === 'raw string';
  const value = flags.has('x') && !isRaw ? session.expand(text) : text;
  return formatLine(flags.has('h') ? value : `${name} = ${value}`, { isFolded });
}

function toUnknownFinding(name: Octets): Parameters<ReportFinding>[0] {
  return {
    severity: 'warning',
    code: 'unknown-parameter',
    at: { file: '<command line>' },
    problem: `${name}: unknown parameter`,
    why: 'There is nothing to show.',
    hint: 'see postfixture postconf -d for all names',
    postfixLine: `warning: ${name}: unknown parameter`,
  };
}
