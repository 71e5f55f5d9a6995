/** SQL: business and real time in what a lane looks for. */
export const BUSINESS = '$1::timestamptz';
export const WALL = '$2::timestamptz';

export type Step = () => Promise<void>;

/** One kind of work of one gateway or one line, which nothing else can hold up. */
export interface Lane {
  readonly name: string;
  /** How many of its steps run at once. */
  readonly atOnce: number;
  /** SQL: whether a row is due, by `BUSINESS` and `WALL`. */
  readonly due: string;
  /**
   * Takes up to `room` rows by moving their due times on, in one statement of its own: whoever is killed at its work leaves
   * rows that fall due again by themselves.
   */
  take(room: number): Promise<Step[]>;
}

/** A name of ours (a gateway, a line) within a lane's SQL. */
export function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
