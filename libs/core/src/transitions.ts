/** A state machine as data: for each state, the events it accepts and where they lead. */
export type Transitions<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: State };
};

/** Every state that accepts `event`: the `WHERE status = ANY(…)` of a conditional update. */
export function statesAccepting<S extends string, E extends string>(table: Transitions<S, E>, event: E): S[] {
  return (Object.keys(table) as S[]).filter((state) => table[state][event] !== undefined);
}
