import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How PostgreSQL says that it has committed (CommandComplete), and that no transaction is under way (ReadyForQuery). */
const COMMITTED = 'COMMIT\0';
const IDLE = 'Z\0\0\0\x05I';

/** A way to a database that can be cut right after a commit, before whoever committed hears of it. */
export class Wire {
  private markers: string[] | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly database: URL,
  ) {}

  static async to(databaseUrl: string): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server, new URL(databaseUrl));
    server.on('connection', (client: Socket) => wire.join(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  /** The database's address by way of this wire. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return Object.assign(new URL(this.database), { hostname: '127.0.0.1', port: String(port) }).toString();
  }

  /** Cuts the connection of the next transaction that says all of these, when the database has committed it. */
  cutAfterCommit(...markers: string[]): void {
    this.markers = markers;
  }

  get isCut(): boolean {
    return this.markers === null;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const database = connect(Number(this.database.port), this.database.hostname);
    const end = (): void => {
      for (const socket of [client, database]) {
        socket.destroy();
        this.sockets.delete(socket);
      }
    };
    for (const socket of [client, database]) {
      this.sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    /** What the transaction under way has said so far. */
    let said = '';
    client.on('data', (bytes: Buffer) => {
      said += bytes.toString('latin1');
      database.write(bytes);
    });
    database.on('data', (bytes: Buffer) => {
      const answer = bytes.toString('latin1');
      if (answer.includes(COMMITTED) && this.markers?.every((marker) => said.includes(marker))) {
        this.markers = null;
        return end();
      }
      if (answer.includes(IDLE)) said = '';
      client.write(bytes);
    });
  }
}
