/** Asks PostgreSQL what a statement takes and answers, without running it: the extended protocol's Parse and Describe. */
import type pg from 'pg';

export interface Column {
  name: string;
  /** The type's oid. */
  type: number;
  /** The table and the number in it of the column that it is, 0 where it is computed. */
  table: number;
  number: number;
}

export interface Description {
  /** Oids of the types of `$1`, `$2`, …. */
  parameters: number[];
  /** Empty for a statement that answers no rows. */
  columns: Column[];
}

interface Field {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
}

/** What pg's connection does of the protocol (https://www.postgresql.org/docs/current/protocol-flow.html). */
interface Connection {
  parse: (query: { name: string; text: string; types: number[] }) => void;
  describe: (what: { type: 'S'; name: string }) => void;
  sync: () => void;
  once: (event: 'parameterDescription', listen: (message: { dataTypeIDs: number[] }) => void) => void;
  removeAllListeners: (event: 'parameterDescription') => void;
}

/** A query as pg's client hands the connection to it. */
class Describe {
  private readonly text: string;
  private readonly done: (error: Error | null, description: Description) => void;
  private connection: Connection | null = null;
  private readonly found: Description = { parameters: [], columns: [] };

  constructor(text: string, done: (error: Error | null, description: Description) => void) {
    this.text = text;
    this.done = done;
  }

  submit(connection: Connection): void {
    this.connection = connection;
    connection.once('parameterDescription', ({ dataTypeIDs }) => (this.found.parameters = dataTypeIDs));
    connection.parse({ name: '', text: this.text, types: [] });
    connection.describe({ type: 'S', name: '' });
    connection.sync();
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.found.columns = fields.map(({ name, dataTypeID, tableID, columnID }) => ({
      name,
      type: dataTypeID,
      table: tableID,
      number: columnID,
    }));
  }

  handleError(error: Error): void {
    this.end(error);
  }

  handleReadyForQuery(): void {
    this.end(null);
  }

  private end(error: Error | null): void {
    this.connection?.removeAllListeners('parameterDescription');
    this.done(error, this.found);
  }
}

/** @throws what PostgreSQL objects to */
export function describeStatement(client: pg.ClientBase, text: string): Promise<Description> {
  return new Promise((resolve, reject) => {
    client.query(
      new Describe(text, (error, description) =>
        error ? reject(error) : resolve(description),
      ) as unknown as pg.Submittable,
    );
  });
}
