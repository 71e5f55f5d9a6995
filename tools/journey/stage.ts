import type { Camp } from '@yajin/contract';
import { fen, yuan, type Report } from './report.ts';
import { eventually, expectEqual, JourneyFailed, type Api, type Sandbox } from './wire.ts';

const REQUIRED_DAYS = 5;
export const DAYS = 7;
const DEPOSIT = 99.9;

export interface Member {
  planetUserId: string;
  name: string;
  openid: string;
}

/** A camp of the journey and everything done about it. */
export interface Stage {
  id: number;
  name: string;
  startDate: string;
  endDate: string;
  project: string;
}

interface Trade {
  outTradeNo: string;
  amountFen: number;
  state: string;
}

/** Makes ids that no earlier run has used. */
export class Ids {
  private readonly run = String(Date.now());
  private count = 0;

  /** 16 digits, as zsxq's. */
  planet(): string {
    this.count += 1;
    return `8${this.run}${String(this.count).padStart(2, '0')}`;
  }

  member(name: string): Member {
    const planetUserId = this.planet();
    return { planetUserId, name, openid: `oJourneyPay${planetUserId.padStart(17, '0')}` };
  }
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The parts that both scenes share, from the organiser's side. */
export class Organiser {
  private readonly api: Api;
  private readonly sandbox: Sandbox;
  private readonly report: Report;

  constructor(api: Api, sandbox: Sandbox, report: Report) {
    this.api = api;
    this.sandbox = sandbox;
    this.report = report;
  }

  async openCamp(name: string, project: string): Promise<Stage> {
    const { now } = await this.sandbox.get<{ now: string }>('/clock');
    const startDate = addDays(now.slice(0, 10), 3);
    const endDate = addDays(startDate, DAYS);
    const camp = await this.report.step(
      'Create a camp',
      () =>
        this.api.call<Camp.CreatedCamp>('POST', '/api/admin/camps', {
          body: {
            name,
            description: '每天七点前发一条打卡，七天里打满五天，押金原路退回。',
            rules: ['一天多条只算一次', '打满五天退还押金'],
            deposit: DEPOSIT,
            startDate,
            endDate,
            requiredDays: REQUIRED_DAYS,
            posterUrl: `${this.api.url}/api/demo/images/poster-early-4.svg`,
            groupQrcodeUrl: `${this.api.url}/api/demo/images/group-early-4.svg`,
            planetProjectId: project,
          },
        }),
      ({ id }) =>
        `#${id} ${name}, ${yuan(DEPOSIT)}, ${startDate} to ${endDate}, ${REQUIRED_DAYS} of ${DAYS} days`,
    );
    await this.sandbox.post('/planet/checkins', { checkinId: project, title: name, days: DAYS });
    await this.report.step(
      'Publish it',
      () => this.api.call<Camp.PublishedCamp>('POST', `/api/admin/camps/${camp.id}/publish`),
      ({ status, enrollUrl }) => `${status}, ${enrollUrl}`,
    );
    return { id: camp.id, name, startDate, endDate, project };
  }

  async checkIn(stage: Stage, posts: { member: Member; days: number[] }[]): Promise<void> {
    const body = {
      checkinId: stage.project,
      posts: posts.flatMap(({ member, days }) =>
        days.map((day) => ({
          userId: member.planetUserId,
          name: member.name,
          text: `第 ${day + 1} 天，打卡`,
          createTime: `${addDays(stage.startDate, day)}T06:${String(10 + day)}:00`,
        })),
      ),
    };
    await this.report.step(
      'Check in at zsxq',
      () => this.sandbox.post<{ created: number }>('/planet/posts', body),
      ({ created }) => `${created} posts by ${posts.map(({ member }) => member.name).join('、')}`,
    );
  }

  /** @param status what the camp must be when the clock has arrived */
  async moveClock(stage: Stage, to: string, status: Camp.CampStatus): Promise<void> {
    await this.report.step(
      'Move the clock',
      async () => {
        const { now } = await this.api.call<Camp.DemoClock>('POST', '/api/demo/clock', { body: { now: to } });
        const camp = await this.api.call<Camp.CampDetail>('GET', `/api/admin/camps/${stage.id}`);
        expectEqual('the state of the camp', camp.status, status);
        return now;
      },
      (now) => `${now.replace('T', ' ')}, the camp is ${status}`,
    );
  }

  async approveAll(stage: Stage, eligible: Member[]): Promise<number[]> {
    const pending = await this.report.step(
      'Refund list',
      async () => {
        const page = await this.api.call<Camp.PendingRefundPage>(
          'GET',
          `/api/admin/refunds/pending?campId=${stage.id}`,
        );
        expectEqual(
          'who is on the list',
          page.list.map((row) => row.planetNickname).sort(),
          eligible.map(({ name }) => name).sort(),
        );
        return page.list;
      },
      (list) =>
        list
          .map(
            (row) =>
              `${row.planetNickname} ${row.checkinCount}/${row.requiredDays} days, confidence ${row.matchConfidence}, ${yuan(row.refundAmount)}`,
          )
          .join('; '),
    );
    const refundIds = pending.map(({ id }) => id);
    await this.report.step(
      'Approve the batch',
      async () => {
        const batch = await this.api.call<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
          body: { refundIds },
        });
        expectEqual('approved', batch.approved, refundIds.length);
        return batch;
      },
      ({ approved, skipped, auditor }) => `${approved} approved, ${skipped} skipped, by ${auditor}`,
    );
    return refundIds;
  }

  async watchRefunds(stage: Stage, refundIds: number[], members: Member[]): Promise<void> {
    const records = await this.report.step(
      'Refund accepted and arrived',
      () =>
        eventually('the refunds', 30, () =>
          this.records(stage, refundIds, (record) => record.refundStatus === 'success'),
        ),
      (list) =>
        list
          .map(
            (row) => `${row.planetNickname} ${yuan(row.refundAmount)}, WeChat refund ${row.wechatRefundId}`,
          )
          .join('; '),
    );
    expectEqual('refund records', records.length, refundIds.length);
    await this.report.step(
      'Payer notified and recorded',
      async () => {
        const told = await eventually('the notices', 15, () =>
          this.records(stage, refundIds, (record) => record.notified),
        );
        const messages = await this.sandbox.get<{ openid: string; data: unknown }[]>('/messages');
        for (const { name, openid } of members) {
          if (!messages.some((message) => message.openid === openid))
            throw new JourneyFailed(`WeChat has no message to ${name}.`);
        }
        return told;
      },
      (list) => `template message at ${list[0]?.notifyTime?.replace('T', ' ') ?? ''}`,
    );
  }

  /** @param outTradeNos every payment for the camp, as the gateway numbers them */
  async compareWithGateway(stage: Stage, outTradeNos: string[]): Promise<void> {
    const ours = new Set(outTradeNos);
    const sum = (trades: Trade[]): number =>
      trades
        .filter((trade) => ours.has(trade.outTradeNo))
        .reduce((total, trade) => total + trade.amountFen, 0);
    const trades = await this.sandbox.get<Trade[]>('/trades');
    const refunds = await this.sandbox.get<Trade[]>('/refunds');
    const paid = sum(trades.filter(({ state }) => state === 'SUCCESS' || state === 'REFUND'));
    const back = sum(refunds.filter(({ state }) => state === 'SUCCESS'));
    expectEqual('what the gateway was paid (fen)', paid, outTradeNos.length * fen(DEPOSIT));
    await this.report.step(
      'Statistics equal the gateway',
      async () => {
        const { finance } = await this.api.call<Camp.CampStats>('GET', `/api/admin/stats/camps/${stage.id}`);
        expectEqual(
          'paid, refunded, kept (fen)',
          [finance.totalPaid, finance.totalRefunded, finance.netIncome].map(fen),
          [paid, back, paid - back],
        );
        return finance;
      },
      (finance) =>
        `paid ${yuan(finance.totalPaid)}, refunded ${yuan(finance.totalRefunded)} (${finance.refundRate} %), kept ${yuan(finance.netIncome)}`,
    );
    await this.report.step(
      'Ledger equals the gateway',
      async () => {
        const { balances } = await this.api.call<Camp.LedgerPage>(
          'GET',
          `/api/admin/ledger?campId=${stage.id}`,
        );
        const held = new Map(balances.map(({ account, balance }) => [account, fen(balance)]));
        expectEqual(
          'clearing, deposit, income (fen)',
          ['clearing', 'deposit', 'income'].map((account) => held.get(account) ?? 0),
          [paid - back, 0, back - paid],
        );
        return balances;
      },
      (balances) => balances.map(({ account, balance }) => `${account} ${balance.toFixed(2)}`).join(', '),
    );
  }

  /** The records, once all of them are as wanted. */
  private async records(
    stage: Stage,
    refundIds: number[],
    wanted: (record: Camp.RefundRecord) => boolean,
  ): Promise<Camp.RefundRecord[] | null> {
    const { list } = await this.api.call<Camp.RefundRecordPage>(
      'GET',
      `/api/admin/refunds/records?campId=${stage.id}`,
    );
    const records = list.filter(({ id }) => refundIds.includes(id));
    const failed = records.find((record) => record.refundStatus === 'failed');
    if (failed) throw new JourneyFailed(`Refund ${failed.id} failed: ${failed.failReason}`);
    return records.every(wanted) ? records : null;
  }
}
