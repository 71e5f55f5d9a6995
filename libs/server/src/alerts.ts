import { Logger } from '@nestjs/common';

const TIMEOUT_MS = 5000;

/**
 * Tells operators that something needs a person: in the log always, and to a WeCom group robot where one
 * is configured. Never throws: an alert must not break what it reports.
 */
export class Alerts {
  private readonly logger = new Logger('Alert');
  private count = 0;

  /** @param robotUrl the robot's webhook, asked at each alert because operators can change it */
  constructor(private readonly robotUrl: () => Promise<string | null>) {}

  /** How many have been raised since the process began. */
  get raised(): number {
    return this.count;
  }

  /** @param title Chinese, for people. @param detail English, for the log; no personal data */
  async raise(title: string, detail: string): Promise<void> {
    this.count += 1;
    this.logger.error(`${title} | ${detail}`);
    try {
      const url = await this.robotUrl();
      if (url) await send(url, `【押金系统】${title}\n${detail}`);
    } catch (error) {
      this.logger.warn(
        `the alert robot did not take it: ${error instanceof RobotFailure ? error.message : 'unreadable'}`,
      );
    }
  }

  /**
   * Has the robot say something, to see whether it does.
   * @returns null when it did, else why not, in Chinese
   */
  async tryRobot(text: string): Promise<string | null> {
    try {
      const url = await this.robotUrl();
      if (!url) return '未设置群机器人地址，告警只写入日志';
      await send(url, `【押金系统】${text}`);
      return null;
    } catch (error) {
      return error instanceof RobotFailure ? error.message : '群机器人地址无法读取，请重新设置';
    }
  }
}

/** The message is Chinese and never quotes the address, which is a secret. */
class RobotFailure extends Error {}

/**
 * WeCom answers 200 also for what it refuses: `{errcode, errmsg}`, 0 for success
 * (https://developer.work.weixin.qq.com/document/path/91770).
 * @throws RobotFailure
 */
async function send(url: string, content: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content } }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new RobotFailure('无法连接群机器人，请检查网络');
  });
  if (!response.ok) throw new RobotFailure(`群机器人应答 HTTP ${response.status}`);
  const answer = (await response.json().catch(() => null)) as { errcode?: unknown } | null;
  const code = answer?.errcode;
  if (code === 0) return;
  throw new RobotFailure(`群机器人拒绝（${typeof code === 'number' ? code : '应答无法解读'}），请核对地址`);
}
