import { isolated } from '@yajin/core';
import { Alert, Button, Result, Typography } from 'antd';
import type { ReactNode } from 'react';
import { ApiError, Unreachable } from '@yajin/web';
import { betweenWords } from './between-words.js';
import { useSaid } from './said.js';
import { useLanguage, useWords, words } from './text.js';

const HAN = /\p{Script=Han}/u;

/** What to do about a refusal, by its code or status. */
const chineseRemedies: Record<number, string> = {
  403: '您的角色没有此权限，如有需要请联系超级管理员。',
  404: '它可能已被删除，或不在您负责的训练营内。',
  409: '内容可能刚被他人修改，请刷新后再试。',
  429: '请稍等片刻再试。',
  500: '请稍后重试；若持续出现，请把追踪编号告诉技术人员。',
  503: '服务正在重启或繁忙，通常一分钟内恢复。',
  1101: '有会员的训练营要保留账目，不能删除。',
  1102: '状态可能刚刚变化，请刷新；发布后不能删除，押金、日期、要求天数和打卡项目也不能修改。',
  1103: '请补充缺少的内容后再发布。',
  1201: '同步进行中，完成后会自动更新。',
  1202: '请到 系统 › 配置 更新知识星球 Cookie。',
  1203: '知识星球暂时没有响应，请几分钟后重试。',
  1302: '该记录的状态已变化，请刷新列表。',
  1305: '这笔支付的可退余额不足，请核对收支分录。',
  1403: '请核对后再试；多次输错会暂时锁定。',
  1405: '请核对后再试；动态码每 30 秒换一个，每个只能用一次。多次输错会暂时锁定。',
};

/** What the API's codes say, for where it says it in Chinese. */
const englishCauses: Record<number, string> = {
  400: 'Something in the request is wrong',
  401: 'You are not logged in, or your session has expired',
  403: 'Not allowed',
  404: 'Not there',
  409: 'It does not go with how things are now',
  413: 'Too much was sent',
  415: 'This kind of content is not taken',
  422: 'Something in the request is wrong',
  429: 'Asked too often: wait a moment',
  500: 'Something broke within the server',
  503: 'The service is not available: try again later',
  1101: 'This camp has members and cannot be deleted',
  1102: 'The state of the camp does not allow it',
  1103: 'Something is missing, so the camp cannot be published',
  1201: 'A sync is running: try again later',
  1202: 'The planet cookie has expired: renew it',
  1203: 'The planet did not answer as it should',
  1301: 'There is no such refund',
  1302: 'The state of the refund does not allow it',
  1303: 'The merchant balance is too low',
  1304: 'The gateway did not take the refund',
  1305: 'More than what was paid',
  1401: 'The username is taken',
  1402: 'There is no such user',
  1403: 'The old password is wrong',
  1404: 'There is no such setting',
  1405: 'The password or the one-time code is wrong',
};

const englishRemedies: Record<number, string> = {
  403: 'Your role does not allow this. Ask an administrator if you need it.',
  404: 'It may have been deleted, or it does not belong to your camps.',
  409: 'Somebody may have changed it meanwhile. Refresh and try again.',
  429: 'Wait a moment and try again.',
  500: 'Try again later. If it persists, give the trace to your engineers.',
  503: 'The service is restarting or busy; usually back within a minute.',
  1101: 'A camp with members keeps its books: it cannot be deleted.',
  1102: 'It may have just changed: refresh. Once published it cannot be deleted, and its terms are fixed.',
  1103: 'Complete what is missing, then publish.',
  1201: 'A sync is running; this updates by itself when it ends.',
  1202: 'Renew the planet cookie under System › Settings.',
  1203: 'The planet does not answer right now. Try again in a few minutes.',
  1302: 'Its state has changed. Refresh the list.',
  1305: 'Too little is left of this payment. Check the ledger.',
  1403: 'Check it and try again. Several mistakes lock it for a while.',
  1405: 'Check it and try again. Codes change every 30 seconds, and each works once. Several mistakes lock it for a while.',
};

const text = words(
  {
    unreachable: '无法连接服务器',
    unreachableRemedy: '请检查网络后重试；刚才的操作可能已经生效，请先刷新确认。',
    retry: '重试',
    trace: '追踪编号',
    remedies: chineseRemedies,
  },
  {
    unreachable: 'The server cannot be reached',
    unreachableRemedy: 'Check the network and try again. What you just did may have happened: refresh first.',
    retry: 'Try again',
    trace: 'Trace',
    remedies: englishRemedies,
  },
);

interface Explained {
  cause: string;
  remedy: string;
  trace: string | null;
}

/** Why something failed, and what to do about it. */
export function useExplain(): (error: unknown) => Explained {
  const t = useWords(text);
  const between = useWords(betweenWords);
  const say = useSaid();
  const english = useLanguage() === 'en';
  return (error) => {
    if (error instanceof Unreachable)
      return { cause: t.unreachable, remedy: t.unreachableRemedy, trace: null };
    if (!(error instanceof ApiError)) return { cause: String(error), remedy: '', trace: null };
    const fields = error.fields
      .map(({ field, ...said }) => (field ? between.named(field, say(said)) : say(said)))
      .join(between.semicolon);
    const said = say({ message: error.message, code: error.messageCode, params: error.messageParams });
    const cause = english && HAN.test(said) ? (englishCauses[error.code] ?? said) : said;
    return {
      cause: fields ? isolated(cause) + between.aside(fields) : cause,
      // What asks for a proof has asked for it already, and it was not given.
      remedy: error.proof ? '' : (t.remedies[error.code] ?? t.remedies[error.status] ?? ''),
      trace: error.traceId,
    };
  };
}

/** In place of what could not be loaded. */
export function Failure({ error, again }: { error: unknown; again?: () => void }): ReactNode {
  const t = useWords(text);
  const { cause, remedy, trace } = useExplain()(error);
  const refused = error instanceof ApiError && error.status < 500;
  // Asking again gets nobody a permission, nor what does not exist.
  const lasting = refused && (error.status === 403 || error.status === 404);
  return (
    <Result
      status={refused ? 'info' : 'warning'}
      title={cause}
      subTitle={
        <>
          {remedy}
          <Trace id={trace} />
        </>
      }
      extra={again && !lasting && <Button onClick={again}>{t.retry}</Button>}
    />
  );
}

/** Above a form or a button whose action was refused, or above what could not be brought up to date. */
export function Refusal({ error, again }: { error: unknown; again?: () => void }): ReactNode {
  const t = useWords(text);
  const explain = useExplain();
  if (!error) return null;
  const { cause, remedy, trace } = explain(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={cause}
      action={again && <Button onClick={again}>{t.retry}</Button>}
      description={
        remedy || trace ? (
          <>
            {remedy}
            <Trace id={trace} />
          </>
        ) : undefined
      }
    />
  );
}

function Trace({ id }: { id: string | null }): ReactNode {
  const t = useWords(text);
  if (!id) return null;
  return (
    <div>
      {t.trace}{' '}
      <Typography.Text code copyable>
        {id}
      </Typography.Text>
    </div>
  );
}
