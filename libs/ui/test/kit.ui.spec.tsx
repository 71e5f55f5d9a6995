/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Client } from '@yajin/web';
import type { ReactNode } from 'react';
import {
  createApi,
  ErrorBoundary,
  ignoreComposingKeys,
  ThemeProvider,
  useIdempotencyKey,
  useSubmit,
  useTheme,
} from '../src/index.js';

/** Of what is on the wire, the calls and the next answers. */
class Wire {
  readonly calls: string[] = [];
  readonly answers: (() => Promise<Response> | Response)[] = [];

  readonly fetch: typeof fetch = async (url) => {
    this.calls.push(url as string);
    return (this.answers.shift() ?? (() => answer(null)))();
  };
}

function answer(data: unknown, status = 200, message = ''): Response {
  return new Response(JSON.stringify({ code: status, message, data }), { status });
}

let wire: Wire;
beforeEach(() => {
  wire = new Wire();
  window.fetch = wire.fetch;
});

function shown(page: ReactNode): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}>{page}</QueryClientProvider>);
}

const { useApiQuery, useApiMutation } = createApi(new Client());

function Camp(): ReactNode {
  const { data, error } = useApiQuery('getCamp', { path: { id: 7 } });
  const { mutate } = useApiMutation('publishCamp', { invalidates: ['getCamp'] });
  return (
    <>
      <p>{error?.message ?? data?.name ?? 'loading'}</p>
      <button onClick={() => mutate({ path: { id: 7 } })}>publish</button>
    </>
  );
}

test('a page shows that it loads, then what the API answers, and asks anew for what a change has touched, also where it was refused', async () => {
  const named = (name: string) => () => answer({ name });
  wire.answers.push(named('before'), () => answer(null, 409, 'no'), named('after'));
  shown(<Camp />);
  expect(screen.getByText('loading')).toBeTruthy();
  await screen.findByText('before');
  await userEvent.click(screen.getByText('publish'));
  await screen.findByText('after');
  expect(wire.calls).toEqual(['/api/admin/camps/7', '/api/admin/camps/7/publish', '/api/admin/camps/7']);
});

test('a page says what the API refuses in the words of the API', async () => {
  wire.answers.push(() => answer(null, 404, 'no such camp'));
  shown(<Camp />);
  await screen.findByText('no such camp');
});

function Enrol({ sent }: { sent: () => Promise<void> }): ReactNode {
  const { isPending, error, onSubmit } = useSubmit(sent);
  return (
    <form onSubmit={onSubmit}>
      <button>{isPending ? 'busy' : 'send'}</button>
      <output>{error?.message ?? 'no error'}</output>
    </form>
  );
}

test('a form is sent once however often it is tapped before an answer, says why that failed, and can then be sent again', async () => {
  let fail: (error: Error) => void = () => undefined;
  const sent = jest.fn(() => new Promise<void>((_, reject) => (fail = reject)));
  shown(<Enrol sent={sent} />);
  const form = screen.getByRole('button').closest('form')!;
  // Two taps before React draws anything.
  act(() => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await screen.findByText('busy');
  expect(sent).toHaveBeenCalledTimes(1);
  act(() => fail(new Error('the line is down')));
  await screen.findByText('the line is down');
  await userEvent.click(screen.getByText('send'));
  expect(sent).toHaveBeenCalledTimes(2);
});

function Keys(): ReactNode {
  const keyOf = useIdempotencyKey();
  return (
    <button
      onClick={({ currentTarget }) => {
        currentTarget.value = [keyOf({ yuan: 1 }), keyOf({ yuan: 1 }), keyOf({ yuan: 2 })].join();
      }}
    >
      key
    </button>
  );
}

test('the same content goes out under the same key for as long as the page is open, and another under another', () => {
  shown(<Keys />);
  const button = screen.getByRole<HTMLButtonElement>('button');
  fireEvent.click(button);
  const [first, again, other] = button.value.split(',');
  fireEvent.click(button);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(button.value.split(',')[0]).toBe(first);
});

test('what breaks below an error boundary is replaced, and its neighbours stay', () => {
  const quiet = jest.spyOn(console, 'error').mockReturnValue();
  const Broken = (): ReactNode => {
    throw new Error('broken');
  };
  shown(
    <>
      <p>neighbour</p>
      <ErrorBoundary fallback={(error) => <p>instead of: {String(error)}</p>}>
        <Broken />
      </ErrorBoundary>
    </>,
  );
  expect(screen.getByText('instead of: Error: broken')).toBeTruthy();
  expect(screen.getByText('neighbour')).toBeTruthy();
  quiet.mockRestore();
});

function Named(): ReactNode {
  return <p>{useTheme()}</p>;
}

test('a theme follows the device until one is chosen, and the style sheet hears of it', () => {
  const system = Object.assign(new EventTarget(), { matches: false, media: '' });
  window.matchMedia = () => system as unknown as MediaQueryList;
  const { rerender } = render(<ThemeProvider attribute="data-theme" children={<Named />} />);
  const root = document.documentElement;
  expect([screen.getByText('light') !== null, root.dataset['theme'], root.style.colorScheme]).toEqual([
    true,
    'light',
    'light',
  ]);
  system.matches = true;
  act(() => void system.dispatchEvent(new Event('change')));
  expect([screen.getByText('dark') !== null, root.dataset['theme'], root.style.colorScheme]).toEqual([
    true,
    'dark',
    'dark',
  ]);
  rerender(<ThemeProvider attribute="data-theme" mode="light" children={<Named />} />);
  expect(screen.getByText('light')).toBeTruthy();
});

test('a key that an input method has reaches no handler and sends no form, and every other key does both', async () => {
  const heard: string[] = [];
  const sent = jest.fn((event: SubmitEvent) => event.preventDefault());
  const listen = (event: KeyboardEvent): number => heard.push(`window ${event.type}`);
  const stop = ignoreComposingKeys();
  window.addEventListener('keydown', listen);
  const form = (
    <form onSubmit={({ nativeEvent }) => sent(nativeEvent)}>
      <input
        aria-label="reason"
        onKeyDown={({ type }) => heard.push(type)}
        onKeyUp={({ type }) => heard.push(type)}
      />
    </form>
  );
  shown(form);
  const field = screen.getByLabelText('reason');
  // Safari's Enter after a composition; that of other browsers in one.
  const defaults = [{ keyCode: 229 }, { isComposing: true }].map((more) => [
    fireEvent.keyDown(field, { key: 'Enter', ...more }),
    fireEvent.keyUp(field, { key: 'Enter', ...more }),
  ]);
  expect(heard).toEqual([]);
  expect(defaults[0]).toEqual([false, false]);
  await userEvent.type(field, '{Enter}');
  expect(heard).toEqual(['keydown', 'window keydown', 'keyup']);
  expect(sent).toHaveBeenCalledTimes(1);
  stop();
  window.removeEventListener('keydown', listen);
});
