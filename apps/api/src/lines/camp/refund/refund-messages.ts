import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { fen, localTime, sentence } from '@yajin/core';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import { BusinessError, Clock, Jobs, maybeRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import {
  Audit,
  DEFAULT_FIELDS,
  fieldValues,
  refundText,
  SettingsService,
  type Actor,
  type RefundFacts,
  type TemplateKind,
} from '../../../system/index.js';
import { NOTIFY } from '../camp.jobs.js';
import { WechatAccount, type Delivery, type MemberMessage } from '../wechat/wechat-account.js';
import type { CampRefund } from './camp-refund.entity.js';

type Told = KeptPayer &
  Row<CampRefund, 'amountFen' | 'notified' | 'executedAt' | 'refundStatus'> & {
    camp_name: string | null;
    out_trade_no: string | null;
  };

/** Tells payers that their refund arrived, where WeChat lets us. What it refuses is kept with its code and can be sent again. */
@Injectable()
export class RefundMessages implements OnModuleInit {
  private readonly logger = new Logger(RefundMessages.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly wechat: WechatAccount,
    private readonly settings: SettingsService,
    private readonly audit: Audit,
    private readonly payers: PayerIds,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(NOTIFY, ({ refundId }) => this.notify(refundId));
  }

  /** Whether arrived refunds are told of at all. */
  async wanted(): Promise<boolean> {
    return this.wechat.writes(await this.settings.get('wechat.refundTemplateId'));
  }

  /** The job after a refund arrived. @throws Error when WeChat says nothing clear, or an operator is sending it: it is tried again */
  async notify(id: number): Promise<void> {
    const record = await this.record(id);
    if (!record || record.notified || !(await this.wanted())) return;
    const message = await this.messageOf(record);
    if (!message) return;
    const until = await this.claim(id);
    if (!until) throw new Error('somebody else is sending this message');
    await this.send(id, message, until);
  }

  /**
   * An operator sends it again.
   * @throws BusinessError 1301, 1302 unless the money arrived, nobody was told or is being told and somebody can be, 503 when WeChat
   *   says nothing
   */
  async resend(actor: Actor, id: number): Promise<Camp.NotifiedRefund> {
    const record = await this.record(id);
    if (!record) throw new BusinessError(1301);
    const untold = record.refund_status === 'success' && !record.notified;
    const message = untold && (await this.wanted()) ? await this.messageOf(record) : null;
    const until = message && (await this.claim(id));
    if (!message || !until) throw new BusinessError(1302);
    const at = this.clock.now();
    const sent = await this.send(id, message, until).catch((error: unknown) => {
      this.logger.warn(`refund ${id}: the message was not clearly sent: ${String(error)}`);
      return null;
    });
    const refused = sent === null ? { code: NO_ANSWER } : sent.refused;
    const notified = refused === null;
    await this.audit.record(this.db, actor, {
      action: 'refund.notify',
      target: ['refund', id],
      after: { notified, refused },
    });
    if (sent === null) throw new BusinessError(503, sentence('wechat_silent'));
    return { refundId: id, notified, notifyTime: localTime(at), notifyError: sent.refused };
  }

  /**
   * So that one message is sent, whoever asks for it at once.
   * @returns until when it is the caller's to send; null when somebody has sent it, or is sending it
   */
  private async claim(id: number): Promise<Date | null> {
    const now = this.clock.wall();
    const until = new Date(now.getTime() + SENDS_WITHIN_MS);
    const claimed = await rows(
      this.db,
      `UPDATE camp_refund SET notify_until = $3 WHERE id = $1 AND NOT notified AND (notify_until IS NULL OR notify_until <= $2) RETURNING id`,
      [id, now, until],
    );
    return claimed.length > 0 ? until : null;
  }

  /** What its payer is told; null where nobody knows who paid. */
  private async messageOf(record: Told): Promise<MemberMessage | null> {
    const openid = this.payers.open(record);
    if (!openid) return null;
    const [templateId, kind, fields] = await Promise.all([
      this.settings.get('wechat.refundTemplateId'),
      this.settings.get('wechat.refundTemplateKind'),
      this.settings.get('wechat.refundTemplateFields'),
    ]);
    const facts: RefundFacts = {
      campName: record.camp_name ?? '训练营',
      amountFen: fen(record.amount_fen),
      at: record.executed_at ?? this.clock.now(),
      outTradeNo: record.out_trade_no ?? '',
    };
    return {
      openid,
      templateId,
      kind: (kind ?? 'template') as TemplateKind,
      data: fieldValues(fields ?? DEFAULT_FIELDS, facts),
      text: refundText(facts),
    };
  }

  /** @returns what WeChat said instead of taking it; null when it took it. @throws Error when it says nothing clear */
  private async send(
    id: number,
    message: MemberMessage,
    until: Date,
  ): Promise<{ refused: Camp.NotifyError | null }> {
    const now = this.clock.now();
    const delivery = await this.wechat.send(message).catch(async (error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      await this.keep(id, { taken: false, code: NO_ANSWER, message: said }, now, until);
      throw error;
    });
    await this.keep(id, delivery, now, until);
    if (delivery.taken) return { refused: null };
    return { refused: { code: delivery.code, message: delivery.message, time: localTime(now) } };
  }

  private async keep(id: number, delivery: Delivery, at: Date, until: Date): Promise<void> {
    const { code, message } = delivery.taken ? { code: null, message: null } : delivery;
    await rows(
      this.db,
      `UPDATE camp_refund SET notified = $2, notified_at = CASE WHEN $2 THEN $3::timestamptz END,
         notify_code = $4, notify_message = $5, notify_tried_at = $3,
         notify_until = nullif(notify_until, $6::timestamptz) WHERE id = $1 AND NOT notified`,
      [id, delivery.taken, at, code, message?.slice(0, MOST_WORDS), until],
    );
  }

  private record(id: number): Promise<Told | null> {
    return maybeRow<Told>(
      this.db,
      `SELECT o.payer_id, o.payer_index, r.amount_fen, r.notified, r.executed_at, r.refund_status, o.paid_with AS out_trade_no, c.name AS camp_name
       FROM camp_refund r JOIN pay_order_view o ON o.id = r.order_id LEFT JOIN camp c ON c.id = r.camp_id WHERE r.id = $1`,
      [id],
    );
  }
}

/** Longer than a message takes, with a token that must be fetched anew. Who dies meanwhile keeps it from others for so long. */
const SENDS_WITHIN_MS = 60_000;

/** What is kept where WeChat's own code would stand. */
const NO_ANSWER = 'NO_ANSWER';

/** Enough for every errmsg that is documented. */
const MOST_WORDS = 300;
