import { Logger } from '@nestjs/common';

const TIMEOUT_MS = 5000;

/**
 * Tells operators that something needs a person: in the log always, and to a WeCom group robot where one
 * is configured. Never throws: an alert must not break what it reports.
 */
export class Alerts {
  private readonly logger = new Logger('Alert');

  /** @param robotUrl the robot's webhook, asked at each alert because operators can change it */
  constructor(private readonly robotUrl: () => Promise<string | null>) {}

  /** @param title Chinese, for people. @param detail English, for the log; no personal data */
  async raise(title: string, detail: string): Promise<void> {
    this.logger.error(`${title} | ${detail}`);
    try {
      const url = await this.robotUrl();
      if (!url) return;
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'text', text: { content: `【押金系统】${title}\n${detail}` } }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      this.logger.warn(`the alert robot did not answer: ${String(error)}`);
    }
  }
}
