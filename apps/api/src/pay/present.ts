import { localTime } from '@yajin/core';

export function paging(
  { page, pageSize }: { page: number; pageSize: number },
  total: number,
): { total: number; page: number; pageSize: number; totalPages: number } {
  return { total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
}

export function time(at: Date | null): string | null {
  return at && localTime(at);
}
