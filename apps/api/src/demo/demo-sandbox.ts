import { Injectable } from '@nestjs/common';
import { DemoOptions } from './demo.options.js';

const TIMEOUT_MS = 10_000;

/** The sandbox's control API: what payers, zsxq's users and the gateway's moods do. */
@Injectable()
export class DemoSandbox {
  constructor(private readonly options: DemoOptions) {}

  get present(): boolean {
    return this.options.sandboxUrl !== null;
  }

  /** Tells the sandbox where payments by a fixed code are announced: no order of ours says so. */
  async introduce(): Promise<void> {
    if (!this.present) return;
    await this.post('/settings', {
      fixedQrNotifyUrl: `${this.options.publicUrl}/api/webhook/wechat/payment`,
    });
  }

  /** @throws Error with the sandbox's own words */
  async post<Answer = unknown>(path: string, body: object = {}): Promise<Answer> {
    if (this.options.sandboxUrl === null) throw new Error('SANDBOX_URL is not set');
    const response = await fetch(`${this.options.sandboxUrl}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok)
      throw new Error(`the sandbox refused ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
