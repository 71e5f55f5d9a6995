import type { Camp } from '@yajin/web';
import type { ReactNode } from 'react';
import { money, monthDay } from '@yajin/ui';
import { forecast, type Forecast } from '../rules/forecast.rules.js';
import { Told } from './told.js';

/** What becomes of the deposit, in words. */
export function ForecastCard({ progress }: { progress: Camp.MemberProgress }): ReactNode {
  const told = forecast(progress);
  const [title, words] = wordsOf(told, progress);
  return (
    <section className={`card forecast ${moodOf(told)}`}>
      <h2>{title}</h2>
      <Told text={words} />
    </section>
  );
}

function moodOf({ kind }: Forecast): 'good' | 'calm' | 'wait' {
  switch (kind) {
    case 'earned':
    case 'returned':
      return 'good';
    case 'beyond reach':
    case 'kept':
    case 'rejected':
      return 'calm';
    case 'before':
    case 'open':
    case 'counting':
    case 'reviewing':
    case 'returning':
    case 'delayed':
      return 'wait';
  }
}

function wordsOf(told: Forecast, progress: Camp.MemberProgress): [title: string, words: string] {
  const sum = money(progress.amount);
  const end = monthDay(progress.endDate);
  switch (told.kind) {
    case 'before':
      return [
        `${monthDay(progress.startDate)}开始打卡`,
        `打卡满 ${progress.requiredDays} 天，${sum} 原路退回。加油！`,
      ];
    case 'earned':
      return ['已经达标，太棒了！', `${end}训练营结束并核对后，${sum} 会原路退回你的微信，不用申请。`];
    case 'open':
      return [
        `再打 ${told.gap} 天就达标`,
        told.gap === told.chances
          ? `剩下的 ${told.chances} 天每天都打卡，就能拿回 ${sum}。`
          : `还有 ${told.chances} 天可以打卡，达标后 ${sum} 原路退回。`,
      ];
    case 'beyond reach':
      return [
        '剩下的天数不够达标了',
        '按现在的记录，这次押金可能退不了。打卡记录如有遗漏，请联系助教；也欢迎继续打完剩下的日子。',
      ];
    case 'counting':
      return ['已达标，正在核对', `训练营结束了，核对打卡记录后 ${sum} 原路退回。`];
    case 'reviewing':
      return ['已达标，退款审核中', `审核通过后 ${sum} 原路退回你的微信，不用申请。`];
    case 'returning':
      return ['押金正在退回', `${sum} 正在原路退回你的微信，一般几分钟，最晚 1–3 个工作日。`];
    case 'returned':
      return ['押金已退回', `${sum} 已经原路退回你的微信，可以在微信账单里看到。恭喜完成！`];
    case 'delayed':
      return ['退款遇到一点问题', `我们已经知道了，正在处理 ${sum} 的退款，你不用做什么，也不会少退。`];
    case 'rejected':
      return [
        '这次没有退款',
        `审核没有通过${progress.refund?.reason ? '，原因见下面' : ''}。如果有疑问，请联系助教说明情况。`,
      ];
    case 'kept':
      return [
        '这次没有达标',
        `打卡 ${progress.checkinCount} 天，需要 ${progress.requiredDays} 天，押金不退。打卡记录如有遗漏，请联系助教。下次再来！`,
      ];
  }
}
