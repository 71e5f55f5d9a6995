/** A state machine as data: for each state, the events it accepts and where they lead. */
export type Transitions<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: State };
};

export type EventOf<Table> = { [State in keyof Table]: keyof Table[State] }[keyof Table];

/** Every state that accepts `event`: the `WHERE status = ANY(…)` of a conditional update. */
export function statesAccepting<Table extends Readonly<Record<string, object>>>(
  table: Table,
  event: EventOf<Table>,
): (keyof Table & string)[] {
  return Object.keys(table).filter((state) => event in (table[state] ?? {}));
}
