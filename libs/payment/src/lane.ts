/** SQL: business and real time in what a lane looks for, and whose it is. */
export const BUSINESS = '$1::timestamptz';
export const WALL = '$2::timestamptz';
export const KEY = 'k.key';

export type Step = () => Promise<void>;

/** One kind of work of one gateway or one line, which nothing else can hold up. */
export interface Lane {
  readonly name: string;
  /** How many of its steps run at once. */
  readonly atOnce: number;
  /**
   * SQL: the rows that are due, by `BUSINESS` and `WALL`, of the gateway or line that `KEY` is. Lanes that look for the same are looked for
   * together: a statement with a part for each lane took three times as long to plan, five times a second.
   */
  readonly due: string;
  /** What `KEY` is for this lane; '' where `due` does not ask. */
  readonly key: string;
  /**
   * Takes up to `room` rows by moving their due times on, in one statement of its own: whoever is killed at its work leaves
   * rows that fall due again by themselves.
   */
  take(room: number): Promise<Step[]>;
}
