import { LINE_SENTENCES } from './line-sentences.js';
import { SHARED_SENTENCES } from './sentences.js';

/** Everything that the API says of its own accord, by its code. */
export const SENTENCES = { ...SHARED_SENTENCES, ...LINE_SENTENCES };
