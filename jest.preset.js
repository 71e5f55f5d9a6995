// Jest runs everything as CommonJS: swc compiles our TypeScript and the ESM-only packages alike.
const swc = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: [],
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', swc], '^.+\\.mjs$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    '/node_modules/(?!(.*/node_modules/)?(@nestjs|@fastify|cookie|content-disposition|graphile-worker|graphile-config|@graphile|nestjs-pino|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|typeorm|uuid|rate-limiter-flexible|cockatiel)/)',
  ],
  moduleNameMapper: {
    '^@yajin/(api|sandbox)$': '<rootDir>/apps/$1/src/index.ts',
    '^@yajin/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@yajin/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing.ts',
    '^@yajin/testing/([^/]+)$': '<rootDir>/libs/testing/src/$1.ts',
    '^@yajin/(contract|payment)/([^/]+)$': '<rootDir>/libs/$1/src/$2/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // No test takes two minutes by itself: this is for machines that are slow or busy.
  testTimeout: 600_000,
};
