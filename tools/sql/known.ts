/** What functions of the product that the reader of texts knows by name make of their arguments. */

/** As `conditions` of libs/server/src/database.ts puts them together, if every value is given. */
export function conditionsText(parts: string[]): string {
  // All question marks of one condition are one parameter.
  let count = 0;
  return parts
    .map((part) => (part.includes('?') ? part.replaceAll('?', `$${(count += 1)}`) : part))
    .join(' AND ');
}

export const ENQUEUING = ['add', 'addOnce', 'addEach'] as const;

/** As the `Job` of libs/server/src/job.ts enqueues one. Its own name and options are no business of the schema. */
export function jobText(
  how: (typeof ENQUEUING)[number],
  payload: string[],
  key = 'NULL',
  runAt = 'NULL',
): string {
  const told = `json_build_object(${payload.map((sql, index) => `'${index}', ${sql}`).join(', ')})`;
  return how === 'addEach'
    ? `graphile_worker.add_jobs(array_agg(('job', ${told}, NULL, NULL, 1, ${key}, NULL, NULL)::graphile_worker.job_spec))`
    : `graphile_worker.add_job('job', ${told}, job_key := ${key}, run_at := ${runAt})`;
}
