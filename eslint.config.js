import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** Which folder of `src/` may import from which others. The arrows are the design: a new one is a decision. */
const MAY_IMPORT = {
  rules: [],
  clock: [],
  log: [],
  backlog: ['clock', 'log'],
  worker: [],
  message: ['rules', 'worker', 'clock', 'log', 'backlog'],
  store: ['rules', 'message', 'worker', 'clock', 'log'],
  settings: ['rules', 'clock', 'log'],
  lookups: ['rules', 'settings', 'worker', 'clock', 'log'],
  daemons: ['rules', 'lookups', 'message', 'store', 'settings', 'clock', 'log', 'backlog'],
  http: ['rules', 'message', 'store', 'settings', 'clock', 'log'],
  server: ['rules', 'lookups', 'message', 'store', 'settings', 'daemons', 'http', 'clock', 'log', 'backlog'],
  fixture: ['server', 'lookups', 'settings', 'store', 'message', 'rules', 'clock', 'log'],
  cli: ['server', 'lookups', 'settings', 'store', 'message', 'rules', 'clock', 'log'],
  index: ['fixture', 'server', 'settings', 'store', 'message', 'rules'],
};

/** The one folder that may import a package. Packages that aren't named here are for no folder of `src/`. */
const PACKAGE_HOMES = {
  'smtp-server': ['daemons'],
  selfsigned: ['daemons'],
  chokidar: ['settings'],
  mailparser: ['message'],
  '@zone-eu/mailsplit': ['message'],
  'jpeg-js': ['message'],
  omggif: ['message'],
  caniemail: ['message'],
  'css-select': ['message'],
  domhandler: ['message'],
  htmlparser2: ['message'],
  'html-to-text': ['message'],
  fastify: ['http'],
  'light-my-request': ['http'],
  '@fastify/type-provider-typebox': ['http'],
  typebox: ['http'],
  ws: ['http'],
  nodemailer: ['http'],
  libsql: ['store', 'lookups'],
  pg: ['lookups'],
  pino: ['log'],
  open: ['cli'],
  yaml: ['cli'],
};

const folders = ['rules', 'message', 'store', 'settings', 'lookups', 'daemons', 'http', 'fixture', 'cli'];
const files = ['backlog', 'clock', 'log', 'worker', 'server', 'index'];

/** @param {string} name a folder or a file of `src/` */
const place = (name) => (files.includes(name) ? { file: { categories: name } } : { element: { types: name } });

export default tseslint.config(
  { ignores: ['dist/', 'screens/', 'node_modules/', 'coverage/'] },
  {
    files: ['**/*.ts', '**/*.js'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': folders.map((type) => ({ type, pattern: `src/${type}` })),
      'boundaries/files': files.map((category) => ({ category, pattern: `src/${category}.ts` })),
      'import/resolver': { node: { extensions: ['.ts', '.js'] } },
    },
    rules: {
      'max-params': ['error', { max: 4 }],
      'boundaries/no-unknown-files': 'error',
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          policies: [
            { allow: { to: { module: { origin: 'core' } } } },
            ...Object.entries(MAY_IMPORT).flatMap(([from, may]) =>
              [from, ...may].map((to) => ({ from: place(from), allow: { to: place(to) } })),
            ),
            ...Object.entries(PACKAGE_HOMES).flatMap(([source, homes]) =>
              homes.map((home) => ({
                from: place(home),
                allow: { to: { module: { origin: 'external', source } } },
              })),
            ),
          ],
        },
      ],
    },
  },
  {
    files: ['src/rules/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^node:(?!util$)', message: 'rules/ is pure.' }] }],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto'].map((name) => ({
          name,
          message: 'rules/ is pure: text, clock and random come in as arguments.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'rules/ is pure: hand the time in.' },
        { object: 'Math', property: 'random', message: 'rules/ is pure: hand the number in.' },
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['web/**/*.svelte', 'web/**/*.svelte.ts'],
    extends: [tseslint.configs.strict, svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['web/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc'].map((property) => ({
          property,
          message: 'mail is hostile: build nodes, never HTML.',
        })),
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'src/(?!http/api/schemas/)[a-z]+/',
              message: 'web/ knows only the schemas of the API.',
            },
            { regex: 'src/http/api/schemas/', allowTypeImports: true, message: 'types only.' },
          ],
        },
      ],
    },
  },
);
