/**
 * `node tools/typecheck.ts <folder or file> …`: the types of one package's own files, by whichever of our tsconfig files they belong to. What it
 * imports is read, but judged as its own package.
 */
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.dirname(import.meta.dirname);
const CONFIGS = ['tsconfig.json', 'tsconfig.web.json'];

function findings(config: string, places: string[]): readonly ts.Diagnostic[] {
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, config), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  if (!parsed) throw new Error(`${config} cannot be read`);
  const own = parsed.fileNames.filter((file) =>
    places.some((place) => file === place || file.startsWith(`${place}/`)),
  );
  if (own.length === 0) return [];
  const program = ts.createProgram(own, parsed.options);
  return [
    ...parsed.errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((file) => {
      const source = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    }),
  ];
}

const places = process.argv.slice(2).map((place) => path.resolve(ROOT, place).replaceAll('\\', '/'));
if (places.length === 0) throw new Error('Which folders?');
const found = CONFIGS.flatMap((config) => findings(config, places));
process.stdout.write(
  ts.formatDiagnosticsWithColorAndContext(found, {
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: (file) => file,
    getNewLine: () => '\n',
  }),
);
process.exitCode = found.length > 0 ? 1 : 0;
