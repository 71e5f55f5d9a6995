import type { Page, Request } from 'playwright-core';

/** What the browser itself says where a request was answered with a status above 399: error states are looked at, too. */
const REFUSAL = /^Failed to load resource: the server responded with a status of/;

const PATIENCE_MS = 60_000;
const TURN_MS = 40;
const QUIET_TURNS = 5;

/** Sees whether a stranger's text becomes more than text anywhere in a page. */
export class Onlooker {
  /** What happened that must not. */
  readonly troubles: string[] = [];
  private readonly pending = new Set<Request>();

  private constructor(
    readonly page: Page,
    /** The origins that the pages may talk to. */
    private readonly ours: string[],
    /** What stands in a page that waits for something. */
    private readonly busy: string,
  ) {}

  static async at(page: Page, ours: string[], busy: string): Promise<Onlooker> {
    const onlooker = new Onlooker(page, ours, busy);
    await page.exposeFunction('__hostile', () => onlooker.say('a text was executed'));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`policy violated: ${violatedDirective} ${blockedURI}`),
      );
    });
    page.on('dialog', (dialog) => {
      onlooker.say(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', () => onlooker.say('a window opened'));
    page.on('download', () => onlooker.say('a file came'));
    page.on('pageerror', (error) => onlooker.say(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !REFUSAL.test(message.text())) onlooker.say(message.text());
    });
    page.on('framenavigated', (frame) => {
      // The console's preview of the member pages is the one frame there is.
      const preview = onlooker.isOurs(frame.url()) && new URL(frame.url()).pathname === '/h5/preview';
      if (frame !== page.mainFrame()) {
        if (!preview) onlooker.say(`a frame was opened: ${frame.url()}`);
      } else if (!onlooker.isOurs(frame.url())) onlooker.say(`led away to ${frame.url()}`);
    });
    page.on('requestfinished', (request) => onlooker.pending.delete(request));
    page.on('requestfailed', (request) => onlooker.pending.delete(request));
    page.on('request', (request) => {
      // The server holds some answers back until there is something to say.
      if (!new URL(request.url()).searchParams.has('wait')) onlooker.pending.add(request);
      if (!onlooker.isOurs(request.url())) onlooker.say(`asked for ${request.url()}`);
    });
    page.on('response', (response) => {
      const headers = response.headers();
      if (response.status() >= 500) onlooker.say(`${response.url()} failed`);
      if (headers['content-type']?.startsWith('text/html') && !headers['content-security-policy'])
        onlooker.say(`${response.url()} has no policy`);
    });
    page.on('framenavigated', (frame) => {
      // What the page before asked for is never answered.
      if (frame === page.mainFrame()) onlooker.pending.clear();
    });
    return onlooker;
  }

  /** Goes to an address of the app that is open, as its own links do. */
  async follow(at: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, at);
    await this.settled();
  }

  /** Waits until the page has asked for nothing for a moment, and has everything it asked for. */
  async settled(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let quiet = 0; quiet < QUIET_TURNS;) {
      await this.page.waitForTimeout(TURN_MS);
      // On a busy machine the app may not have come to what it has to ask for. (An idle callback never comes where a page is not drawn.)
      await this.page.evaluate(() => scheduler.postTask(() => null, { priority: 'background' }));
      const still = this.pending.size === 0 && (await this.page.locator(this.busy).count()) === 0;
      quiet = still ? quiet + 1 : 0;
      if (Date.now() > deadline) throw new Error(`${this.page.url()} does not come to rest`);
    }
  }

  /** Waits until the page has every answer that it has asked for so far. */
  async answered(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.pending.size > 0) {
      await this.page.waitForTimeout(TURN_MS);
      if (Date.now() > deadline) throw new Error(`${this.page.url()} is not answered`);
    }
  }

  /** Looks at what stands in the page now. @param texts each of which must be there, letter by letter */
  async look(texts: string[] = []): Promise<void> {
    const { made, unsafe, lost } = await this.page.evaluate((wanted) => {
      const typed = [...document.querySelectorAll('input, textarea')].map(
        (field) => (field as HTMLInputElement).value,
      );
      const read = [document.body.textContent, ...typed].join('\n');
      return {
        made: [...document.querySelectorAll('[hostile], x-hostile')].map(({ outerHTML }) => outerHTML),
        unsafe: [...document.querySelectorAll('[href], [src], [action], [data]')]
          .flatMap((element) =>
            ['href', 'src', 'action', 'data'].map((name) => element.getAttribute(name) ?? ''),
          )
          .filter((address) =>
            /^[\s\0-\x1f]*(javascript|vbscript|data:text|blob:http:\/\/hostile)/i.test(address),
          ),
        lost: wanted.filter((text) => !read.includes(text)),
      };
    }, texts);
    for (const html of made) this.say(`a text became markup: ${html.slice(0, 120)}`);
    for (const address of unsafe) this.say(`a text became an address: ${address.slice(0, 120)}`);
    for (const text of lost) this.say(`not shown as it is: ${JSON.stringify(text)}`);
  }

  /** The page must not be wider than its window. */
  async measure(): Promise<void> {
    const wide = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const over = scrollWidth - clientWidth;
      if (over <= 0) return null;
      const widest = [...document.body.querySelectorAll('*')]
        .filter((element) => Math.abs(element.getBoundingClientRect().right - scrollWidth) < 1)
        .at(-1);
      return `${over} px too wide at ${clientWidth}: ${(widest ?? document.body).outerHTML.slice(0, 300)}`;
    });
    if (wide !== null) this.say(wide);
  }

  private isOurs(address: string): boolean {
    const { protocol, origin } = new URL(address);
    return ['about:', 'data:', 'blob:'].includes(protocol) || this.ours.includes(origin);
  }

  private say(trouble: string): void {
    this.troubles.push(`${new URL(this.page.url()).pathname}: ${trouble}`);
  }
}
