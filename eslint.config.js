import { defineConfig, globalIgnores } from 'eslint/config';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const specs = ['**/*.spec.ts', '**/test/**', '**/*.kit.ts', 'libs/testing/**'];
/** The places that may read the environment: one table, entry points, and what is not part of the product. */
const readsEnvironment = [
  'apps/api/src/env.ts',
  'apps/api/src/main.ts',
  'apps/api/src/demo-clear.ts',
  'apps/api/src/totp-reset.ts',
  'apps/api/src/reconcile.ts',
  'apps/api/src/jobs.ts',
  'apps/api/src/audit.ts',
  'apps/api/src/images.ts',
  'apps/api/src/backup.ts',
  'apps/api/src/doctor.ts',
  'apps/api/src/backup/programs.ts',
  'apps/api/src/create-admin.ts',
  'apps/api/src/reset-password.ts',
  'apps/api/src/restore.ts',
  'apps/sandbox/src/main.ts',
  'tools/**',
  'libs/*/tools/**',
  'bench/**',
  ...specs,
];

/** How texts are called that people outside wrote. */
const STRANGERS = '/^(?:planetNickname|wechatNickname|matchedNickname|nickname|campName|realName)$/';

export default defineConfig(
  globalIgnores(['**/dist/', '**/*.gen.ts', '.nx/', '.data*/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A class that Nest injects must stay a value import, which this rule sees when it knows of decorators.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: ['Error', 'URL', 'URLSearchParams'] },
      ],
      // Values that crossed a wire or the database are worth a look that their types call needless.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // DTO and option classes only describe plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `rows<Row>(sql)`: the caller names the shape of what comes back.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // What implements an asynchronous interface need not wait for anything itself.
      '@typescript-eslint/require-await': 'off',
      // Nest modules are classes with a decorator and nothing inside.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'apps/api/src/env.ts reads the environment, for everybody.',
        },
      ],
    },
  },
  {
    files: ['apps/api/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: ['libs/server/src/job.ts', 'apps/api/src/migrations/**', ...specs],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(TemplateElement[value.raw=/add_job/], Literal[value=/add_job/])',
          message: 'A Job enqueues itself: its name and its payload are checked.',
        },
      ],
    },
  },
  {
    // What runs in a browser is compiled by other rules than what runs on Node.
    files: ['vite.app.ts', 'apps/{admin,h5}/**/*.{ts,tsx}', 'libs/{ui,web}/**/*.{ts,tsx}'],
    // Journeys run on Node and drive a browser; component tests are compiled as pages are.
    ignores: ['**/test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: 'tsconfig.web.json' } },
    rules: {
      // A form's handler may be asynchronous: React does not wait, and errors are shown by the mutation.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['apps/{admin,h5}/{src,gallery}/**/*.{ts,tsx}', 'libs/ui/src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest'], jsxA11y.configs.strict],
    rules: {
      // What opens over a page takes the focus into its first field, which antd's fields are told by `autoFocus`.
      'jsx-a11y-x/no-autofocus': ['error', { ignoreNonDOM: true }],
      // What scrolls inside itself must be reached by the keyboard.
      'jsx-a11y-x/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'group'] }],
    },
  },
  {
    files: readsEnvironment,
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    files: specs,
    rules: {
      'max-lines-per-function': 'off',
      // `expect(spy.method)` takes a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      // `expect.any(String)` is typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // Rules decide and know nothing else; what they may import beyond this, .dependency-cruiser.cjs says.
    files: ['**/*.rules.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@yajin/server', allowImportNames: ['BusinessError', 'FieldError', 'invalid'] }] },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Rules take `now`.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Rules take `now`.' },
      ],
    },
  },
  {
    // Somebody else's name amid words of ours is `isolated`: marks in it would turn around what stands beside it.
    files: ['apps/{admin,h5}/src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'MemberExpression > Identifier.property',
          'Identifier',
          'ChainExpression > MemberExpression > Identifier.property',
        ].flatMap((name) => [
          {
            selector: `TemplateLiteral > ${name}[name=${STRANGERS}]`,
            message: 'isolated(…): a name cannot turn the sentence around.',
          },
          {
            selector: `:matches(JSXElement, JSXFragment):has(> JSXText[value=/[^\\s]/]) > JSXExpressionContainer > ${name}[name=${STRANGERS}]`,
            message: 'isolated(…): a name cannot turn the sentence around.',
          },
          {
            selector: `:matches(JSXElement, JSXFragment):has(> JSXExpressionContainer ~ JSXExpressionContainer) > JSXExpressionContainer > ${name}[name=${STRANGERS}]`,
            message: 'isolated(…): a name cannot turn the sentence around.',
          },
        ]),
      ],
    },
  },
  {
    // One SQL text, readable from top to bottom.
    files: ['apps/api/src/migrations/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    rules: { eqeqeq: 'error', 'no-undef': 'off', 'no-unused-vars': 'error', 'max-lines': ['error', 350] },
  },
);
