// header_checks and its kin in random cases. @see header_checks(5)
import type { Random } from './random.ts';
import type { Part } from './restrictions.ts';

const LISTS = [
  { name: 'header_checks', percent: 20 },
  { name: 'mime_header_checks', percent: 6 },
  { name: 'nested_header_checks', percent: 5 },
  { name: 'body_checks', percent: 12 },
] as const;

const PATTERNS = {
  header: [
    '/^Subject: (.*)/',
    '/^Subject:.*spam/',
    '/^From:/',
    '/^To:.*@remote\\.test/',
    '/^(To|Cc):(.*)/',
    '/^Received:/',
    '/^X-Note:/i',
    '/^Content-(Type|Disposition):(.*)/',
    '!/^(From|To|Date|Message-Id|Received|Subject):/',
    '/^Reply-To: <(.*)>/',
    '/^Message-Id:/',
    '/./',
  ],
  body: ['/spam/', '/^first (.*)/', '/^>/', '!/[a-z]/', '/^--/', '/^(x|y)$/', '/second|third/'],
} as const;

const ACTIONS = [
  'REJECT',
  'REJECT not this',
  'REJECT 4.7.1 not now',
  'DISCARD',
  'HOLD',
  'HOLD look',
  'IGNORE',
  'STRIP why',
  'DUNNO',
  'INFO seen $1',
  'WARN beware',
  'PASS',
  'FILTER custom:scan.test',
  'FILTER slow:[s.test]:25',
  'REDIRECT bob@example.com',
  'REDIRECT carol',
  'BCC dave@example.com',
  'BCC copy@remote.test',
  'PREPEND X-Before: $1',
  'REPLACE X-New: ${1}!',
  'REPLACE',
  'OK',
] as const;

const LIMITS = [
  'body_checks_size_limit = 20',
  'disable_mime_input_processing = yes',
  'mime_nesting_limit = 1',
  'strict_mime_encoding_domain = yes',
  'strict_8bitmime = yes',
] as const;

/** Checks of some kinds of content. */
export function makeContentChecks(random: Random): Part {
  const lists = LISTS.filter(({ percent }) => random.chance(percent)).map(({ name }) => {
    const type = random.pick(['regexp', 'pcre']);
    const path = `/etc/postfix/${name}`;
    return { line: `${name} = ${type}:${path}`, path, lines: makeChecks(random, name === 'body_checks') };
  });
  return {
    mainCf: [...lists.map(({ line }) => line), ...(random.chance(8) ? [random.pick(LIMITS)] : [])],
    files: Object.fromEntries(lists.map(({ path, lines }) => [path, lines])),
  };
}

function makeChecks(random: Random, isOfBody: boolean): readonly string[] {
  return random.times(1, 4, () => {
    const pattern = random.pick(isOfBody ? PATTERNS.body : PATTERNS.header);
    const hasGroup = pattern.includes('(') && !pattern.startsWith('!');
    const actions = hasGroup ? ACTIONS : ACTIONS.filter((action) => !action.includes('1}') && !action.includes('$1'));
    const rule = `${pattern} ${random.pick(actions)}`;
    return random.chance(10) ? `if /a/\n${rule}\nendif` : rule;
  });
}
