/**
 * `node tools/sbom.ts <file>`: writes what is shipped as a CycloneDX bill of materials. `npm sbom --omit=dev` itself leaves out
 * whatever a tool needs, too (pg among them, with npm 11.19), so it is asked for everything and what is not shipped is dropped here.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { lockedPackages } from './supply-chain/packages.ts';

interface Bill {
  metadata: { component: { name: string } };
  components: { 'bom-ref': string; purl: string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const ROOT = path.dirname(import.meta.dirname);
const OURS = 'pkg:npm/@yajin/';
const MOST_BYTES = 64 * 1024 * 1024;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node tools/sbom.ts <file>');
const command = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
const bill = JSON.parse(
  execFileSync('npm', command, { cwd: ROOT, encoding: 'utf8', maxBuffer: MOST_BYTES }),
) as Bill;
const shipped = new Set(
  lockedPackages(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
    .filter((each) => each.shipped)
    .map(({ name, version }) => `pkg:npm/${name}@${version}`),
);
// npm calls the root after its folder.
bill.metadata.component.name = 'yajin';
bill.components = bill.components.filter(({ purl }) => {
  const plain = decodeURIComponent(purl);
  return plain.startsWith(OURS) || shipped.has(plain);
});
const kept = new Set(bill.components.map((each) => each['bom-ref']));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref) || ref.startsWith('yajin@'))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
fs.writeFileSync(file, `${JSON.stringify(bill, null, 1)}\n`);
