import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** How long a network that has gone silent is believed in before the system gives a connection up; shortened from minutes. */
const GIVEN_UP_AFTER_MS = 8_000;

interface Pair {
  near: net.Socket;
  far: net.Socket;
}

/** What is to become of the next connections: after so many bytes from its caller each is cut, or says nothing more. */
interface Cut {
  times: number;
  afterBytes: number;
  how: 'reset' | 'silent';
}

/** Carries bytes between callers and one port of this machine, and knows how networks fail. */
export class TcpProxy {
  port = 0;
  private readonly server: net.Server;
  private readonly pairs = new Set<Pair>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private cut: Cut | null = null;
  private readonly target: number;

  private constructor(target: number) {
    this.target = target;
    this.server = net.createServer((near) => this.carry(near));
  }

  static async listen(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as AddressInfo).port;
    return proxy;
  }

  /** Every connection of this moment is dead from now on, without a word; new ones work. @returns how many */
  silence(): number {
    const dead = [...this.pairs];
    for (const pair of dead) this.mute(pair);
    return dead.length;
  }

  /** @returns how many */
  reset(): number {
    const ended = [...this.pairs];
    for (const pair of ended) this.end(pair);
    return ended.length;
  }

  cutNext(cut: Cut | null): void {
    this.cut = cut;
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(near: net.Socket): void {
    const far = net.connect(this.target, '127.0.0.1');
    const pair = { near, far };
    this.pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.end(pair));
      socket.on('close', () => this.end(pair));
    }
    this.cutLater(pair);
    near.pipe(far);
    far.pipe(near);
  }

  private cutLater(pair: Pair): void {
    const { cut } = this;
    if (!cut) return;
    cut.times -= 1;
    if (cut.times <= 0) this.cut = null;
    let bytes = 0;
    pair.near.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes < cut.afterBytes) return;
      if (cut.how === 'reset') this.end(pair);
      else this.mute(pair);
    });
  }

  private mute(pair: Pair): void {
    pair.near.unpipe(pair.far);
    pair.far.unpipe(pair.near);
    pair.near.pause();
    pair.far.pause();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.end(pair);
    }, GIVEN_UP_AFTER_MS);
    this.timers.add(timer);
  }

  private end(pair: Pair): void {
    if (!this.pairs.delete(pair)) return;
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
  }
}
