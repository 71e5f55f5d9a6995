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
    cluster.begin();
    await cluster.ask('CREATE ROLE yajin_owner LOGIN', 'CREATE ROLE yajin_app LOGIN');
    return cluster;
  }

  /** A server that follows this one, and answers reads. */
  async replica(): Promise<Cluster> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-replica-'));
    const replica = new Cluster(folder, await freePort(), this.bin);
    fs.chownSync(folder, ...this.owner);
    const whence = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres'];
    this.run('pg_basebackup', ...whence, '-D', replica.data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync');
    replica.begin();
    return replica;
  }

  /** Starts it, the first time or after `kill`. */
  begin(): void {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    this.run('pg_ctl', '-D', this.data, '-w', '-l', path.join(this.folder, 'log'), '-o', options, 'start');
  }

  kill(): void {
    this.run('pg_ctl', '-D', this.data, '-w', '-m', 'immediate', 'stop');
  }

  url(role: string, database: string): string {
    return `postgresql://${role}@127.0.0.1:${this.port}/${database}`;
  }

  /** As the superuser, one statement after the other. @returns the first row of the last one */
  async ask(...statements: string[]): Promise<Record<string, unknown> | undefined> {
    const client = new pg.Client({ connectionString: this.url('postgres', 'postgres') });
    await client.connect();
    try {
      let row: Record<string, unknown> | undefined;
      for (const statement of statements)
        row = (await client.query<Record<string, unknown>>(statement)).rows[0];
      return row;
    } finally {
      await client.end();
    }
  }

  stop(): void {
    this.kill();
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
