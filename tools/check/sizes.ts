/** The sizes that tests come in, as patterns of jest's for the files of `apps` and `libs`. Each file is of one size. */

/** Beside the code that they test, of packages that are pure, or rules: they need no database, no browser and no build. */
export const UNIT = String.raw`(?!.*\.browser\.spec)(?:.*/(?:apps|libs)/[^/]+/src/(?!.*/test/).*|.*/libs/(?:contract|ui)/test/.*|.*\.(?:rules|ui))\.spec\.tsx?$`;

/** In the folders `test` of all others: on a real PostgreSQL. */
export const API = String.raw`(?!.*\.(?:browser|rules|ui)\.spec)(?!.*/libs/(?:contract|ui)/).*/(?:apps|libs)/.*/test/.*\.spec\.tsx?$`;

export const BROWSER = String.raw`.*\.browser\.spec\.tsx?$`;
