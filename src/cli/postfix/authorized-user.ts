import { openLookups } from '../../lookups/lookups.ts';
import { readListItems } from '../../rules/lists/list-items.ts';
import { toMatchList } from '../../rules/lists/match-list.ts';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import { splitItems } from '../../rules/tables/braces.ts';
import { LookupError } from '../../rules/tables/lookup-table.ts';
import { openTable } from '../../rules/tables/open-table.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import { hasSmtpUtf8, readTableWorld } from '../../settings/table-world.ts';
import type { Context } from '../context.ts';
import { reportAs, toUsageError } from '../postfix-tool.ts';

const ANYONE = 'static:anyone';

/**
 * Whether a list of users of main.cf has one.
 * @param parameter `authorized_submit_users` and its like
 * @throws {FatalError} if a table of the list can't answer
 * @see Postfix's user_acl(3)
 */
export async function isAuthorized(
  parameter: Octets,
  user: Octets,
  {
    config,
    context,
    tool,
  }: { readonly config: PostfixConfiguration; readonly context: Context; readonly tool: string },
): Promise<boolean> {
  const value = config.get(parameter);
  if (value === ANYONE) return true;
  const { env, signal, stderr } = context;
  const smtputf8 = hasSmtpUtf8(config);
  const allowed = fromOctets(config.get('catch_lookup_allow')).split(/[\s,]+/);
  await using lookups = openLookups({
    allow: () => allowed,
    mapPath: (path) => config.locate(path),
    report: reportAs(tool, stderr, smtputf8),
  });
  const { ask, report } = lookups;
  const world = readTableWorld(config, { env, ask, report, random: Math.random, now: Date.now() });
  const items = readListItems(
    splitItems(value),
    { file: fromOctets(config.mainCf) },
    {
      readFile: config.readFile,
      openTable: (spec, at) => openTable(spec, at, world),
      smtputf8,
    },
  );
  const list = toMatchList(parameter, items, { holds: 'strings', parentsMatch: false, smtputf8 });
  try {
    const has = () => list.has({ name: user }, { stage: 'list', steps: [] });
    return (await lookups.decide(has, { signal })).value;
  } catch (error) {
    if (error instanceof LookupError) throw toUsageError(`table ${error.table}: query error`);
    throw error;
  }
}
