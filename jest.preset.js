// Jest runs everything as CommonJS: swc compiles our TypeScript and the ESM-only packages alike.
const compiled = (parser, transform) => ({
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', ...parser },
    // Of a development server, which there is none of.
    transform: { ...transform, optimizer: { globals: { vars: { 'import.meta.hot': 'undefined' } } } },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
});
const swc = compiled(
  { decorators: true },
  { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
);
const pages = compiled({ tsx: true }, { react: { runtime: 'automatic' } });

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: [],
  transform: {
    '^.+\\.(t|j)s$': ['@swc/jest', swc],
    '^.+\\.mjs$': ['@swc/jest', swc],
    '^.+\\.tsx$': ['@swc/jest', pages],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(.*/node_modules/)?(@nestjs|@fastify|cookie|content-disposition|graphile-worker|graphile-config|@graphile|nestjs-pino|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|typeorm|uuid|rate-limiter-flexible|cockatiel|react-router|@remix-run|@ant-design/colors|cookie-es|pixelmatch|qr|eventsource-parser)/)',
  ],
  moduleNameMapper: {
    '\\.css$': '<rootDir>/tools/jest-css.mjs',
    '^@yajin/(api|sandbox)$': '<rootDir>/apps/$1/src/index.ts',
    '^@yajin/contract/client$': '<rootDir>/libs/contract/src/client.ts',
    '^@yajin/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@yajin/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing.ts',
    '^@yajin/testing/([^/]+)$': '<rootDir>/libs/testing/src/$1.ts',
    '^@yajin/(contract|payment)/([^/]+)$': '<rootDir>/libs/$1/src/$2/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Each look at a global name asks a proxy in the context of a test, which took a quarter of all tests' time for these:
  // https://jestjs.io/docs/configuration#sandboxinjectedglobals-arraystring.
  sandboxInjectedGlobals: [
    'Math',
    'Object',
    'Array',
    'JSON',
    'Number',
    'String',
    'Symbol',
    'Error',
    'Reflect',
  ],
  // No test takes two minutes by itself: this is for machines that are slow or busy.
  testTimeout: 600_000,
};
