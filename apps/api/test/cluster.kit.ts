import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@yajin/testing/api';
import pg from 'pg';

/** Where Debian has PostgreSQL's servers and programs, a folder a version. */
const VERSIONS = '/usr/lib/postgresql';
const NOBODY = 65_534;

/** A server of the machine's own PostgreSQL, with its programs beside it, for one test. */
export class Cluster {
  private constructor(
    private readonly folder: string,
    readonly port: number,
    /** The folder of the programs. */
    readonly bin: string,
  ) {}

  static async start(): Promise<Cluster> {
    const [newest] = fs.readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-cluster-'));
    const cluster = new Cluster(folder, await freePort(), path.join(VERSIONS, newest ?? '', 'bin'));
    fs.chownSync(folder, ...cluster.owner);
    cluster.run(
      'initdb',
      '-D',
      cluster.data,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
    );
    const options = `-p ${cluster.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    cluster.run('pg_ctl', '-D', cluster.data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
    await cluster.ask('CREATE ROLE yajin_owner LOGIN', 'CREATE ROLE yajin_app LOGIN');
    return cluster;
  }

  url(role: string, database: string): string {
    return `postgresql://${role}@127.0.0.1:${this.port}/${database}`;
  }

  /** As the superuser, one statement after the other. */
  async ask(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.url('postgres', 'postgres') });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  stop(): void {
    this.run('pg_ctl', '-D', this.data, '-w', '-m', 'immediate', 'stop');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return path.join(this.folder, 'data');
  }

  /** PostgreSQL refuses root. */
  private get owner(): [uid: number, gid: number] {
    const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
    return uid === 0 ? [NOBODY, NOBODY] : [uid, gid];
  }

  private run(program: string, ...args: string[]): void {
    const [uid, gid] = this.owner;
    execFileSync(path.join(this.bin, program), args, { uid, gid, cwd: '/', stdio: 'ignore' });
  }
}
