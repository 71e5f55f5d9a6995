/** One address for everything, as the demo has it: pages by Vite with hot reload, all else by the API. */
import http from 'node:http';
import { createLogger, createServer, type InlineConfig, type ViteDevServer } from 'vite';
import path from 'node:path';
import { readable, tell, type Speaker } from './log.ts';
import { ROOT } from '../start/run.ts';

/** For how long a request waits for an API that is being started again. */
const PATIENCE_MS = 30_000;

interface WebApp {
  name: Extract<Speaker, 'admin' | 'h5'>;
  prefix: string;
}

const WEB_APPS: readonly WebApp[] = [
  { name: 'admin', prefix: '/admin/' },
  { name: 'h5', prefix: '/h5/' },
];
/** Printed links lead here, as in apps/api/src/main.ts. */
const ENROL = '/enroll/';

export class Front {
  private readonly server: http.Server;
  private readonly pages = new Map<string, ViteDevServer>();
  private readonly port: number;
  private readonly ready: () => Promise<boolean>;

  /**
   * @param port the API's, on this machine
   * @param ready resolves when the API answers, with false when it has ended and waits for its code to change
   */
  constructor(port: number, ready: () => Promise<boolean>) {
    this.port = port;
    this.ready = ready;
    this.server = http.createServer((request, response) => this.answer(request, response));
  }

  async start(port: number, host: string): Promise<void> {
    for (const app of WEB_APPS) this.pages.set(app.prefix, await createServer(this.configOf(app)));
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    await Promise.all([...this.pages.values()].map((vite) => vite.close()));
    this.server.closeAllConnections();
    await closed;
  }

  private configOf({ name }: WebApp): InlineConfig {
    const logger = createLogger('info', { allowClearScreen: false });
    for (const level of ['info', 'warn', 'error', 'warnOnce'] as const)
      logger[level] = (message) => tell(name, readable(message));
    return {
      root: path.join(ROOT, 'apps', name),
      customLogger: logger,
      clearScreen: false,
      // Each app's updates come by its own prefix over the same server.
      server: { middlewareMode: true, ws: { server: this.server }, proxy: {} },
    };
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = request.url ?? '/';
    const vite = [...this.pages].find(([prefix]) => url.startsWith(prefix))?.[1];
    const [path_ = '', query] = url.split('?', 2);
    if (vite) vite.middlewares(request, response);
    else if (this.pages.has(`${path_}/`)) redirect(response, `${path_}/${query ? `?${query}` : ''}`);
    else if (url.startsWith(ENROL)) redirect(response, `/h5${url}`);
    else void this.forward(request, response);
  }

  private async forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const late = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
    if (!(await Promise.race([this.ready(), late])))
      return refuse(response, 503, 'The API is not running: what it said stands in the log of npm run dev.');
    const { method, url, headers } = request;
    const passed = http.request(
      { host: '127.0.0.1', port: this.port, method, path: url, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    passed.on('error', (error) => refuse(response, 502, `The API broke off: ${error.message}`));
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  }
}

function redirect(response: http.ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function refuse(response: http.ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
