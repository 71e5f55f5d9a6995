import { Injectable } from '@nestjs/common';
import { dayRange, localTime } from '@yajin/core';
import {
  conditions,
  DatedPageQuery,
  IdText,
  numberedPage,
  onlyRow,
  Optional,
  rows,
  Text,
  type Row,
} from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { AuditChain } from './audit-chain.js';
import type { SysAudit } from './sys-audit.entity.js';

export class AuditLogQuery extends DatedPageQuery(20) {
  @Optional()
  @IdText()
  userId?: number;

  @Optional()
  @Text({ max: 64 })
  action?: string;
}

/** Reads the record of what operators did, newest first. */
@Injectable()
export class AuditLogService {
  constructor(
    private readonly db: DataSource,
    private readonly chain: AuditChain,
  ) {}

  async list(query: AuditLogQuery): Promise<Camp.AuditLogPage> {
    const { page, pageSize } = query;
    // What was done a moment ago is to be seen, too.
    await this.chain.takeIn();
    const { ids, total } = await this.page(query);
    const found = await rows<Row<SysAudit>>(
      this.db,
      'SELECT * FROM sys_audit WHERE id = ANY($1) ORDER BY id DESC',
      [ids],
    );
    return { list: found.map(present), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }

  private async page(query: AuditLogQuery): Promise<{ ids: number[]; total: number }> {
    const { userId, action, startDate, endDate, page, pageSize } = query;
    const { from, before } = dayRange(startDate, endDate);
    const { where, parameters } = conditions([
      ['a.user_id = ?', userId],
      ['a.action = ?', action],
      ['a.at >= ?', from],
      ['a.at < ?', before],
    ]);
    if (parameters.length > 0) {
      const dated = from !== null || before !== null;
      const anchors = dated ? null : `sys_audit:${userId ?? ''}:${action ?? ''}`;
      return numberedPage(this.db, { table: 'sys_audit', alias: 'a', where, parameters, anchors }, query);
    }
    // Ids have no gaps from the first that is not archived: the two ends say how many there are, and where each page lies.
    const { first, last } = await onlyRow<{ first: number; last: number }>(
      this.db,
      `SELECT coalesce((SELECT id FROM sys_audit ORDER BY id LIMIT 1), 1) AS first,
         coalesce((SELECT id FROM sys_audit ORDER BY id DESC LIMIT 1), 0) AS last`,
    );
    const total = last - first + 1;
    const newest = last - (page - 1) * pageSize;
    const size = Math.max(0, Math.min(pageSize, newest - first + 1));
    return { ids: Array.from({ length: size }, (_, index) => newest - index), total };
  }
}

function present(row: Row<SysAudit>): Camp.AuditLog {
  return {
    id: row.id,
    userId: row.user_id,
    username: row.username,
    action: row.action,
    targetType: row.target_type,
    targetId: row.target_id,
    before: row.before,
    after: row.after,
    ip: row.ip,
    createdAt: localTime(row.at),
  };
}
