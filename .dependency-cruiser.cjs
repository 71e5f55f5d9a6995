/** Who may import whom. See docs/architecture.md. */

const tests = '\\.spec\\.ts$|/test/|\\.kit\\.ts$|^libs/testing/';

/** A package of ours that may import only the named others. */
function only(folder, allowed, comment) {
  const others = allowed.length > 0 ? `|libs/(${allowed.join('|')})/` : '';
  return {
    name: `${folder.split('/').at(-1)}-imports`,
    severity: 'error',
    comment,
    from: { path: `^${folder}/`, pathNot: tests },
    to: { path: '^(libs|apps)/', pathNot: `^(${folder}/${others})` },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'No import cycles. What is loaded when it is needed (a page of the console) closes none.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'What is imported exists.',
      from: {},
      to: { couldNotResolve: true },
    },
    only('libs/contract', [], 'The contract stands alone.'),
    only('libs/core', [], 'The core stands alone.'),
    only('libs/server', ['core'], 'The server library builds on the core only.'),
    only('libs/planet', ['core'], 'The zsxq client builds on the core only.'),
    only('libs/payment', ['core', 'server'], 'The payment kernel knows no contract and no line.'),
    only('libs/web', ['contract', 'core'], 'What both web apps share knows the contract only.'),
    only(
      'libs/ui',
      ['web', 'contract', 'core'],
      'What the pages of both web apps share knows the contract only.',
    ),
    only('apps/admin', ['ui', 'web', 'contract', 'core'], 'A web app talks to the API by its contract only.'),
    only('apps/h5', ['ui', 'web', 'contract', 'core'], 'A web app talks to the API by its contract only.'),
    only('apps/sandbox', ['core'], 'The sandbox shares no protocol code: each side checks the other.'),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'The core also runs in a browser and does no I/O.',
      from: { path: '^libs/core/', pathNot: tests },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'packages-by-their-name',
      severity: 'error',
      comment: 'Another package is imported by its name, which means its index.ts.',
      // The tests drive the real API, which is no library.
      from: { path: '^(libs|apps)/([^/]+)/', pathNot: '^(apps/(admin|h5)/test|libs/testing)/' },
      to: { path: '^(libs|apps)/', pathNot: '^$1/$2/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'no-app-in-a-library',
      severity: 'error',
      comment: 'No package imports an app.',
      from: { path: '^(libs|apps)/([^/]+)/', pathNot: tests },
      to: { path: '^apps/', pathNot: '^$1/$2/' },
    },
    {
      name: 'lines-are-strangers',
      severity: 'error',
      comment: 'Deleting one line leaves all else compiling.',
      from: { path: '^apps/(api|admin)/src/lines/([^/]+)/' },
      to: { path: '^apps/$1/src/lines/', pathNot: '^apps/$1/src/lines/($2/|manifest\\.ts$)' },
    },
    {
      name: 'manifests-are-for-the-root',
      severity: 'error',
      comment:
        'Only the list of lines imports manifests, and only the composition root, the tools and tests read the list.',
      from: {
        path: '^(apps|libs)/',
        pathNot: `${tests}|^apps/api/src/lines/index\\.ts$|^apps/api/src/[^/]+\\.ts$`,
      },
      to: {
        path: '^apps/api/src/lines/(index|[^/]+/manifest)\\.ts$',
      },
    },
    {
      name: 'system-by-its-index',
      severity: 'error',
      comment: 'A line reaches the operators only through their index.ts.',
      from: { path: '^apps/api/src/lines/([^/]+)/', pathNot: tests },
      to: { path: '^apps/api/src/system/', pathNot: '^apps/api/src/system/index\\.ts$' },
    },
    {
      name: 'lines-stay-below-the-root',
      severity: 'error',
      comment: 'Only the composition root knows everybody; a line knows itself, the operators and the demo.',
      from: { path: '^apps/api/src/lines/([^/]+)/', pathNot: tests },
      to: {
        path: '^apps/api/src/',
        pathNot: '^apps/api/src/(lines/($1/|manifest\\.ts$)|system/|demo/index\\.ts$)',
      },
    },
    {
      name: 'system-imports',
      severity: 'error',
      comment: 'The operators know neither payments, nor planets, nor lines, nor the composition root.',
      from: { path: '^apps/api/src/system/', pathNot: tests },
      to: { path: '^(apps/api/src|libs)/', pathNot: '^(apps/api/src/system/|libs/(server|core|contract)/)' },
    },
    {
      name: 'pay-imports',
      severity: 'error',
      comment: 'The console of payments shows the money of every line and knows none.',
      from: { path: '^apps/api/src/pay/', pathNot: tests },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/(pay|system)/' },
    },
    {
      name: 'demo-imports',
      severity: 'error',
      comment: 'The demo knows no line: lines bring it their stories.',
      from: { path: '^apps/api/src/demo/' },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/(demo|system)/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment:
        'Rules import the core, types, other rules and business errors: no framework, no database, no clock.',
      from: { path: '\\.rules\\.ts$' },
      to: {
        pathNot: '^libs/(core|server)/|\\.rules\\.ts$',
        dependencyTypesNot: ['type-only', 'pre-compilation-only'],
      },
    },
    {
      name: 'entities-describe-only',
      severity: 'error',
      comment: 'An entity says what a table or a view is: beside TypeORM it imports types.',
      from: { path: '\\.(entity|view)\\.ts$', pathNot: tests },
      to: { pathNot: 'node_modules/typeorm/', dependencyTypesNot: ['type-only', 'pre-compilation-only'] },
    },
    {
      name: 'kernel-tables-stay-its-own',
      severity: 'error',
      comment:
        'What others may read of the kernel it publishes as views; its tables are for itself, its console and the list of all entities.',
      from: {
        path: '^(libs|apps)/',
        pathNot: `${tests}|^libs/payment/src/|^apps/api/src/(pay/|entities\\.ts$)`,
      },
      to: { path: '^libs/payment/src/entities/' },
    },
    {
      name: 'views-are-for-others',
      severity: 'error',
      comment: 'A view is what others see of a table: within the kernel nobody needs one.',
      from: { path: '^libs/payment/src/', pathNot: `${tests}|^libs/payment/src/(views/|index\\.ts$)` },
      to: { path: '^libs/payment/src/views/' },
    },
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      comment: 'What only tests may use.',
      from: { path: '^(libs|apps)/', pathNot: `${tests}|^libs/contract/src/testing\\.ts$` },
      to: { path: `${tests}|^libs/contract/src/testing\\.ts$` },
    },
    {
      name: 'product-without-tools',
      severity: 'error',
      comment: 'The product runs without the tools around it.',
      from: { path: '^(libs|apps)/[^/]+/src/' },
      to: { path: '^(tools|bench)/|^(libs|apps)/[^/]+/tools/' },
    },
    {
      name: 'dev-dependencies-stay-out',
      severity: 'error',
      comment: 'What ships needs no development dependency.',
      from: { path: '^(libs|apps)/[^/]+/src/', pathNot: `${tests}|^libs/contract/src/testing\\.ts$` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|libs)/[^/]+/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
