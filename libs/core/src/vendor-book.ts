/** The book of vendor answers, for tests: docs/vendor-answers.md tells how an entry is written. */

/** One documented or captured answer of a vendor, and what it means to us: a file of the book. */
export interface VendorAnswer {
  /** The file's name without `.json`. */
  name: string;
  /** What the vendor says and when, in a sentence. */
  says: string;
  /** A vendor's document, an SDK and its file, an issue, or `captured`; several where they agree. */
  source: string[];
  /** The adapter's method that is answered, or `notification`. */
  call: string;
  /** What the method is given besides the usual. */
  request: Record<string, unknown>;
  answer: {
    status: number;
    /** Whether the vendor proves that it is its own. Null where the protocol knows no such proof. */
    signed: boolean | null;
    /** Those that the protocol gives a meaning, besides the signature's. */
    headers: Record<string, string>;
    /** Text for what is no JSON, form or XML; null for an empty body. Notifications: what is inside the envelope. */
    body: unknown;
  };
  /** Dotted paths of fields that the vendor leaves out at times. `a[].b` is a field of the rows of `a`. */
  optional: string[];
  /** Dotted paths of fields whose value is the point of the entry: the sandbox must say the very same. */
  exact: string[];
  /** What the adapter must make of it. */
  means:
    /** Fields of what it returns; dates as ISO text. */
    | { returns: Record<string, unknown> | string }
    /** It throws an error of this kind and code. */
    | { fails: string; code: string }
    /** A notification that it must not believe. */
    | { invalid: true };
  /** How the sandbox is brought to say it: requests to its control API before the call. */
  sandbox: { path: string; body: Record<string, unknown> }[];
}

const FIELDS = ['says', 'source', 'call', 'answer', 'means'] as const;

/** @param file its name, with `.json`. @throws Error naming the file that is not of the form of an entry */
export function vendorAnswer(file: string, text: string): VendorAnswer {
  const entry = JSON.parse(text) as Partial<VendorAnswer>;
  const missing = FIELDS.filter((field) => entry[field] === undefined);
  if (missing.length > 0) throw new Error(`${file} lacks ${missing.join(', ')}`);
  if (!entry.source?.length || entry.source.some((each) => each.trim() === ''))
    throw new Error(`${file} names no source`);
  const { answer, ...rest } = entry as VendorAnswer;
  return {
    ...rest,
    name: file.replace(/\.json$/, ''),
    request: entry.request ?? {},
    optional: entry.optional ?? [],
    exact: entry.exact ?? [],
    sandbox: entry.sandbox ?? [],
    answer: { ...answer, headers: answer.headers ?? {} },
  };
}

/** What somebody said on the wire, with its signature checked and its envelope opened. */
export interface Said {
  status: number;
  signed: boolean | null;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Where an answer differs in form from what the vendor says: another status, a field too many or too few, another type, or
 * another value where the value is the point.
 */
export function differences(said: Said, entry: VendorAnswer): string[] {
  const { answer, optional, exact } = entry;
  const found: string[] = [];
  if (said.status !== answer.status) found.push(`status ${said.status} instead of ${answer.status}`);
  if (said.signed !== answer.signed) found.push(said.signed ? 'signed' : 'not signed');
  for (const [name, value] of Object.entries(answer.headers))
    if (said.headers[name] !== value) found.push(`header ${name}: ${said.headers[name] ?? 'missing'}`);
  const [ours, theirs] = [shapeOf(said.body), shapeOf(answer.body)];
  for (const [path, type] of theirs) {
    const given = ours.get(path);
    if (given === undefined && !mayLack(path, optional)) found.push(`${path} is missing`);
    if (given !== undefined && given !== type) found.push(`${path} is ${given} instead of ${type}`);
  }
  for (const path of ours.keys()) if (!theirs.has(path)) found.push(`${path} is never said`);
  for (const path of exact) {
    const [given, right] = [valuesAt(said.body, path), valuesAt(answer.body, path)];
    if (JSON.stringify(given) !== JSON.stringify(right))
      found.push(`${path} is ${JSON.stringify(given)} instead of ${JSON.stringify(right)}`);
  }
  return found;
}

/** Whether some entry for this call and status knows every field that was said. @returns what no entry knows */
export function unheardOf(call: string, said: Said, book: VendorAnswer[]): string[] {
  const entries = book.filter((entry) => entry.call === call && entry.answer.status === said.status);
  if (entries.length === 0) return [`${call}: no entry with status ${said.status}`];
  const known = new Set(
    entries.flatMap(({ answer }) => [...shapeOf(answer.body)].map((field) => field.join(' '))),
  );
  return [...shapeOf(said.body)]
    .filter((field) => !known.has(field.join(' ')))
    .map(([path, type]) => `${call} ${said.status}: ${path} (${type}) is in no entry`);
}

function mayLack(path: string, optional: string[]): boolean {
  return optional.some(
    (each) => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[]`),
  );
}

/** The type of every field, by its path. Rows of a list are taken together. */
function shapeOf(value: unknown, path = '', shape = new Map<string, string>()): Map<string, string> {
  if (path !== '' || typeof value !== 'object' || value === null) shape.set(path, typeOf(value));
  if (Array.isArray(value)) for (const row of value) shapeOf(row, `${path}[]`, shape);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) shapeOf(each, path ? `${path}.${key}` : key, shape);
  return shape;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function valuesAt(value: unknown, path: string): unknown {
  let found: unknown[] = [value];
  for (const step of path.split('.')) {
    const key = step.replace('[]', '');
    found = found.map((each) =>
      typeof each === 'object' && each !== null ? (each as Record<string, unknown>)[key] : undefined,
    );
    if (step.endsWith('[]')) found = found.flat();
  }
  return path.includes('[]') ? found : found[0];
}
