import { Job } from '@yajin/server';

/** What the system does for itself every night. */
const nightly = { maxAttempts: 5, mayDrop: true };

export const AUDIT = new Job('system.audit', nightly);
export const PRUNE = new Job('system.prune', nightly);
export const RETENTION = new Job('system.retention', nightly);
/** @param keyId known to those workers only that have this master key */
export const resealing = (keyId: string): Job => new Job(`system.reseal.${keyId}`, nightly);
