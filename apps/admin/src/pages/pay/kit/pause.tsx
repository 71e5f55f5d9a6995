import { Alert, App, Button, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { Refusal } from '../../../kit/failure.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useMay } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';

type Pause = Console.PayRefundPause;

const text = words(
  {
    tag: '余额不足',
    next: (at: string) => `${at} 自动再试`,
    title: (gateway: string) => `${gateway}：商户余额不足，退款已暂停`,
    why: (at: string) =>
      `等待的退款单号不变，${at} 自动试发一笔，成功后其余自动继续。已充值的不必等，可以现在继续。`,
    goOn: '继续',
    goesOn: '正在试发一笔，成功后其余自动继续',
  },
  {
    tag: 'No balance',
    next: (at: string) => `tries again ${at}`,
    title: (gateway: string) => `${gateway}: the merchant balance ran out, refunds are paused`,
    why: (at: string) =>
      `What waits keeps its number. One refund tries ${at}; once it gets through, the others go on. If you have topped the balance up, go on now.`,
    goOn: 'Go on now',
    goesOn: 'One refund is being tried; once it gets through, the others go on',
  },
);

const CHANGED: OperationName[] = ['listPayRefunds', 'listRefundRecords', 'getPayOrder', 'getSystemHealth'];

/** Beside a refund's state, that it waits for the merchant's balance and until when; nothing where it does not. */
export function PauseNote({ pause }: { pause: Pause | null }): ReactNode {
  const t = useWords(text);
  if (!pause) return null;
  return (
    <>
      <Tag color="volcano">{t.tag}</Tag>{' '}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {t.next(dateTime(pause.until))}
      </Typography.Text>
    </>
  );
}

/** Why refunds of a gateway wait, until when, and the way on. @param more what else can be done */
export function PauseAlert({ pause, more }: { pause: Pause | null; more?: ReactNode }): ReactNode {
  const t = useWords(text);
  const may = useMay()('refund:audit');
  const gateway = useGatewayName();
  const { message } = App.useApp();
  const act = useApiMutation('goOnWithRefunds', { invalidates: CHANGED });
  if (!pause) return null;
  const goOn = (): void =>
    act.mutate({ body: { gateway: pause.gateway } }, { onSuccess: () => void message.success(t.goesOn) });
  return (
    <Alert
      type="warning"
      showIcon
      title={t.title(gateway(pause.gateway))}
      description={
        <Flex vertical gap={8} align="start">
          <span>{t.why(dateTime(pause.until))}</span>
          <Refusal error={act.error} />
          {may && (
            <Button loading={act.isPending} onClick={goOn}>
              {t.goOn}
            </Button>
          )}
          {more}
        </Flex>
      }
    />
  );
}

/** The same above a list, of every gateway whose refunds wait. */
export function Pauses({ pauses }: { pauses: Pause[] | undefined }): ReactNode {
  if (!pauses || pauses.length === 0) return null;
  return (
    <Flex vertical gap={8} style={{ marginBottom: 12 }}>
      {pauses.map((pause) => (
        <PauseAlert key={pause.gateway} pause={pause} />
      ))}
    </Flex>
  );
}
