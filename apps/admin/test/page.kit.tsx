import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { InLanguage, type Language } from '../src/kit/text.js';

/** What the API is asked, and what it answers by method and path. */
export class Wire {
  readonly asked: { call: string; body: unknown }[] = [];

  /** @param answers the `data` of an answer, or all of a refusal */
  constructor(private readonly answers: Record<string, object>) {
    window.fetch = this.fetch;
  }

  /** Keeps the answers of one operation back. @returns what lets them come */
  hold(call: string): () => void {
    let release: () => void = () => undefined;
    this.held.set(call, new Promise((resolve) => (release = resolve)));
    return release;
  }

  private readonly held = new Map<string, Promise<void>>();

  private readonly fetch: typeof fetch = async (url, options) => {
    const call = `${options?.method ?? 'GET'} ${new URL(url as string, window.location.href).pathname}`;
    const body = options?.body;
    this.asked.push({ call, body: typeof body === 'string' ? JSON.parse(body) : null });
    const found = this.answers[call];
    const refused = found && 'refused' in found ? (found.refused as { code: number }) : null;
    const answer = refused ?? { code: found ? 200 : 404, message: '', data: found ?? null };
    await this.held.get(call);
    return new Response(JSON.stringify(answer), { status: answer.code });
  };

  /** What was sent to one operation. */
  sent(call: string): unknown[] {
    return this.asked.filter((each) => each.call === call).map(({ body }) => body);
  }
}

/** A 400 by which the server finds a field wrong. */
export function wrong(
  field: string,
  message: string,
  code: string,
  params: (string | number)[] = [],
): object {
  return {
    refused: { code: 400, message: '请求参数错误', data: { errors: [{ field, message, code, params }] } },
  };
}

/**
 * @param at its address, as far as the page reads it
 * @param retry how often what failed is asked for again
 */
export function showPage(page: ReactNode, language: Language = 'en', at = '/', retry = 0): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry } } });
  render(
    <QueryClientProvider client={client}>
      <InLanguage language={language}>
        <ConfigProvider theme={{ token: { motion: false } }}>
          <MemoryRouter initialEntries={[at]}>
            <App>{page}</App>
          </MemoryRouter>
        </ConfigProvider>
      </InLanguage>
    </QueryClientProvider>,
  );
}
