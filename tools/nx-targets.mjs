/**
 * An nx plugin: gives every package of the workspace, the tools and the benchmarks the cached targets `lint`, `typecheck` and `test`,
 * so that a new package has them by being there. `build` is a package's own script.
 */
import path from 'node:path';

/** What a package's files are judged by beside themselves: everything that they import, with its types. */
const SEEN = ['default', '^default', '{workspaceRoot}/tsconfig*.json', '{workspaceRoot}/package-lock.json'];
/** Nobody's package: the configuration of the tools, and what both web apps are built by. */
const ROOT_FILES = '*.{js,ts}';

function targetsOf(folder) {
  const run = (command) => ({ command, options: { cwd: '.' } });
  const isTools = folder === 'tools';
  return {
    lint: {
      ...run(`eslint --max-warnings=0 ${folder}${isTools ? ` '${ROOT_FILES}'` : ''}`),
      cache: true,
      inputs: [
        ...SEEN,
        '{workspaceRoot}/eslint.config.js',
        ...(isTools ? [`{workspaceRoot}/${ROOT_FILES}`] : []),
      ],
    },
    typecheck: {
      ...run(`node tools/typecheck.ts ${folder}${isTools ? ' vite.app.ts' : ''}`),
      cache: true,
      inputs: [...SEEN, '{workspaceRoot}/tools/typecheck.ts', '{workspaceRoot}/vite.app.ts'],
    },
    test: {
      ...run(`node tools/test.ts ${folder}/`),
      cache: true,
      // Browsers open what was built, and some tests run it as processes.
      dependsOn: ['build', 'gallery'].map((target) => ({ target, projects: ['@yajin/*'] })),
      inputs: [...SEEN, '{workspaceRoot}/{jest.config,jest.preset}.js', '{workspaceRoot}/tools/**/*'],
    },
  };
}

export const createNodesV2 = [
  '{{apps,libs}/*/package.json,{tools,bench}/project.json}',
  (files) =>
    files.map((file) => {
      const folder = path.posix.dirname(file);
      return [file, { projects: { [folder]: { targets: targetsOf(folder) } } }];
    }),
];
