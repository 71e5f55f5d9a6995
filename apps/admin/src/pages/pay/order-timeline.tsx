import { dateTime } from '@yajin/ui';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useEventName } from '../../kit/event-words.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useWords } from '../../kit/text.js';
import { Timeline } from '../../kit/timeline.js';
import { useCauses } from './cause-words.js';
import { useAccount } from './pay-words.js';
import { timelineOf, timelineWords } from './timeline.js';

/** What happened to an order: when, what, how much, by which channel and number. */
export function OrderTimeline({ story }: { story: Console.OrderStory }): ReactNode {
  const t = useWords(timelineWords);
  const gateway = useGatewayName();
  const event = useEventName();
  const account = useAccount();
  const causes = useCauses();
  return <Timeline entries={timelineOf(story, { t, gateway, event, account, causes, time: dateTime })} />;
}
