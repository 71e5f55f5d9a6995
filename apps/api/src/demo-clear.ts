import { clearDemo, NotCleared } from './demo/clear.js';
import { dataSource, prepareDatabase, startOver } from './database.js';

/** Beside the API, as it was built: run by `npm run demo:clear`. */
async function main(): Promise<void> {
  const given = (name: string): string | null => process.env[name]?.trim() || null;
  const databaseUrl = given('DATABASE_URL');
  if (databaseUrl === null)
    throw new NotCleared(
      'DATABASE_URL is missing. The demo’s own database is a folder: delete its DATA_DIR instead.',
    );
  const roles = {
    databaseUrl,
    databaseDirectUrl: given('DATABASE_DIRECT_URL') ?? databaseUrl,
    databaseMigrationUrl: given('DATABASE_MIGRATION_URL'),
  };
  const really = process.argv.includes('--yes');
  await prepareDatabase(roles);
  const db = await dataSource(roles.databaseMigrationUrl ?? roles.databaseDirectUrl, 1).initialize();
  try {
    for (const line of await clearDemo(db, () => startOver(roles), really)) process.stdout.write(`${line}\n`);
    if (!really) process.stdout.write('Nothing was changed. To do it: npm run demo:clear -- --yes\n');
  } finally {
    await db.destroy();
  }
}

main().catch((error: unknown) => {
  const text =
    error instanceof NotCleared ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
