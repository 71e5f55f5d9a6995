/** Under which terms the packages come that we install and ship. */
import satisfies from 'spdx-satisfies';
import type { LockedPackage } from './packages.ts';

/** They ask for their notice at most. */
const ANYWHERE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];
/** Tools that are run and never become part of what is shipped may ask for more. */
const IN_TOOLS = ['CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0'];

interface Exception {
  of: RegExp;
  /** What its entry in the lock file says, to the letter. */
  says: string[];
  because: string;
}

const EXCEPTIONS: Exception[] = [
  {
    of: /^@embedpdf\/fonts-sc$/,
    says: ['OFL-1.1'],
    because: 'a font, embedded unchanged; the licence lets documents embed it',
  },
  {
    of: /^@img\/sharp-/,
    says: [
      'LGPL-3.0-or-later',
      'Apache-2.0 AND LGPL-3.0-or-later',
      'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
    ],
    because: 'libvips is a shared library of its own, unchanged, which anybody can replace',
  },
  {
    of: /^pause-stream$/,
    says: ['MIT OR Apache2'],
    because: 'dual, in words of before SPDX',
  },
  {
    of: /^png-js$/,
    says: [''],
    because: 'its LICENSE file holds the MIT terms; the package names none',
  },
  {
    of: /^(busboy|streamsearch)$/,
    says: [''],
    because:
      'MIT, in a list of the time before SPDX and in their LICENSE files; below the store that tests ask',
  },
  {
    of: /^humanize-number$/,
    says: [''],
    because: 'its README names MIT; below the store that tests ask',
  },
];

/** A line for each package whose terms we did not agree to, and for each exception that nothing needs. */
export function licenceFindings(packages: LockedPackage[]): string[] {
  const needed = new Set<Exception>();
  const wrong = packages
    .filter(({ license, shipped }) => !allowed(license, shipped ? ANYWHERE : [...ANYWHERE, ...IN_TOOLS]))
    .filter(({ name, license }) => {
      const exception = EXCEPTIONS.find(({ of, says }) => of.test(name) && says.includes(license));
      if (exception) needed.add(exception);
      return !exception;
    })
    .map(
      ({ place, license, shipped }) =>
        `${place}: its licence "${license || 'none'}" is not one that we ${shipped ? 'ship' : 'use'}`,
    );
  const needless = EXCEPTIONS.filter((each) => !needed.has(each)).map(
    ({ of }) => `the licence exception of ${of.source} is needed by nothing`,
  );
  return [...wrong, ...needless];
}

function allowed(license: string, terms: string[]): boolean {
  try {
    return satisfies(license, terms);
  } catch {
    // No expression of SPDX.
    return false;
  }
}
