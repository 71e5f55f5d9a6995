import { DateText, IdText, OneOf, Optional } from '@yajin/server';

export class MemberExportQuery {
  @IdText()
  campId: number;

  @Optional()
  @OneOf(['xlsx', 'csv'])
  format: 'xlsx' | 'csv' = 'xlsx';
}

export class StatsExportQuery {
  @Optional()
  @IdText()
  campId?: number;

  @Optional()
  @DateText()
  startDate?: string;

  @Optional()
  @DateText()
  endDate?: string;

  @Optional()
  @OneOf(['summary', 'detail'])
  type: 'summary' | 'detail' = 'summary';

  @Optional()
  @OneOf(['xlsx', 'pdf'])
  format: 'xlsx' | 'pdf' = 'xlsx';
}
