import type { Camp } from '@yajin/web';

export const STATUS_WORDS: Record<Camp.PublicCampStatus, string> = {
  enrolling: '报名中',
  ongoing: '进行中',
  finished: '已结束',
};
