import { fen, localTime, yuanFromFen } from '@yajin/core';

export function paging(
  { page, pageSize }: { page: number; pageSize: number },
  total: number,
): { total: number; page: number; pageSize: number; totalPages: number } {
  return { total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
}

export function time(at: Date | null): string | null {
  return at && localTime(at);
}

export function yuanOrNull(sum: number | null): number | null {
  return sum === null ? null : yuanFromFen(fen(sum));
}

export function signedYuan(sum: number): number {
  return sum < 0 ? -yuanFromFen(fen(-sum)) : yuanFromFen(fen(sum));
}

/** For what may be less than nothing, such as fees of which more came back than was kept. */
export function signedYuanOrNull(sum: number | null): number | null {
  return sum === null ? null : signedYuan(sum);
}
