/**
 * What `nx release` (nx.json) needs to know of packages of npm: all of ours have one version, which is written into their package.json,
 * into what they ask of each other, into the root's, and into the lock file. Nothing is published.
 */
const fs = require('node:fs');
const path = require('node:path');
const { VersionActions } = require('nx/release');

const OURS = '@yajin/';

function read(tree, file) {
  return JSON.parse(tree.read(file, 'utf8'));
}

function write(tree, file, manifest) {
  tree.write(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Sets the version of a package and of what it needs of ours. */
function renumber(manifest, version) {
  manifest.version = version;
  for (const name of Object.keys(manifest.dependencies ?? {}))
    if (name.startsWith(OURS)) manifest.dependencies[name] = version;
}

class PackageVersions extends VersionActions {
  validManifestFilenames = ['package.json'];

  async readCurrentVersionFromSourceManifest(tree) {
    const manifestPath = path.join(this.projectGraphNode.data.root, 'package.json');
    return { currentVersion: read(tree, manifestPath).version, manifestPath };
  }

  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency(tree, graph, name) {
    const { dependencies = {} } = read(tree, path.join(this.projectGraphNode.data.root, 'package.json'));
    return { currentVersion: dependencies[name] ?? null, dependencyCollection: 'dependencies' };
  }

  async updateProjectVersion(tree, version) {
    for (const { manifestPath } of this.manifestsToUpdate) {
      const manifest = read(tree, manifestPath);
      renumber(manifest, version);
      write(tree, manifestPath, manifest);
    }
    return [];
  }

  /** Done with the version: it is one for all. */
  async updateProjectDependencies() {
    return [];
  }
}

/** The root's package.json, and the lock file, where every package of ours stands once more. */
async function afterAllProjectsVersioned(root, { dryRun }) {
  const changedFiles = ['package.json', 'package-lock.json'];
  if (dryRun) return { changedFiles, deletedFiles: [] };
  const [manifest, lock] = changedFiles.map((file) =>
    JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')),
  );
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'libs/core/package.json'), 'utf8'));
  renumber(manifest, version);
  lock.version = version;
  for (const [place, entry] of Object.entries(lock.packages))
    if (!place.includes('node_modules/')) renumber(entry, version);
  for (const [file, content] of [
    ['package.json', manifest],
    ['package-lock.json', lock],
  ])
    fs.writeFileSync(path.join(root, file), `${JSON.stringify(content, null, 2)}\n`);
  return { changedFiles, deletedFiles: [] };
}

module.exports = { default: PackageVersions, afterAllProjectsVersioned };
