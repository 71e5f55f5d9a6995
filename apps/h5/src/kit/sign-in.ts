import { ApiError } from '@yajin/web';
import { uuid } from '@yajin/ui';
import { client } from './api.js';
import { keepTickets } from './orders.js';
import { settings } from './settings.js';
import { forget, load, save } from './storage.js';

interface Leaving {
  state: string;
  /** Unix milliseconds. */
  at: number;
}

const NAME = 'signing-in';
const PATIENCE_MS = 600_000;

/** Leaves for WeChat's word on who this is, and comes back to this page. @throws as the client's `call` */
export async function signIn(): Promise<void> {
  const { appId, authorizeUrl } = await settings();
  const state = uuid().replaceAll('-', '');
  save(NAME, { state, at: Date.now() } satisfies Leaving);
  // A corporation's address names its application already.
  const page = new URL(authorizeUrl);
  const query = {
    appid: appId,
    redirect_uri: location.href.split('#')[0] ?? location.href,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
  };
  for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
  location.assign(`${page.href}#wechat_redirect`);
}

/** How coming back ended: nobody came back, known now, or why not. */
export type Arrival =
  { kind: 'none' } | { kind: 'known'; orders: number } | { kind: 'failed'; message: string };

/** Takes the code out of the address before anything else can see it, and exchanges it. Called once, first of all. */
export async function arrive(): Promise<Arrival> {
  const here = new URL(location.href);
  const code = here.searchParams.get('code');
  const state = here.searchParams.get('state');
  if (code === null) return { kind: 'none' };
  here.searchParams.delete('code');
  here.searchParams.delete('state');
  history.replaceState(history.state, '', here);
  const left = load<Leaving>(NAME);
  forget(NAME);
  // A code that somebody else put into a link would make this browser theirs.
  if (!left || left.state !== state || Date.now() - left.at > PATIENCE_MS)
    return { kind: 'failed', message: '这次微信授权没有完成，请再试一次。' };
  try {
    const { tickets } = await client.call('signInWithWechat', { body: { code } });
    keepTickets(tickets);
    return { kind: 'known', orders: tickets.length };
  } catch (error) {
    return {
      kind: 'failed',
      message: error instanceof ApiError ? signInWords(error) : '网络好像断开了，请再试一次。',
    };
  }
}

function signInWords(error: ApiError): string {
  if (error.status === 429) return '现在访问的人有点多，请过一会儿再试。';
  return error.fields[0]?.message ?? error.message;
}
