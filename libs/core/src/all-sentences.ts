import { LINE_SENTENCES } from './line-sentences.js';
import { SHARED_SENTENCES } from './sentences.js';

/** Everything that the API says of its own accord, by its code. Marked as pure, so that web apps that say none of it leave it out (4 kB). */
export const SENTENCES = /* @__PURE__ */ (() => ({ ...SHARED_SENTENCES, ...LINE_SENTENCES }))();
