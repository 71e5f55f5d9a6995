import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Flex, Modal, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { save } from '../../kit/download.js';
import { useExplain } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    open: '个人信息请求',
    title: '会员要求查看或删除个人信息',
    lead: '先核实是本人（例如用付款的微信联系，并能说出付款时间与单号），再回复请求。会员也可以自己在 H5「我的报名 › 个人信息」里查看和删除。',
    verified: '已核实是本人提出',
    export: '导出（JSON）',
    exportSays: '这个报名保存的全部个人信息，发给本人。每次导出记入操作日志。',
    exported: (name: string) => `已下载 ${name}`,
    erasedAt: (at: string) => `这个报名的个人信息已于 ${at} 删除。`,
    related: '可能属于同一人的其他报名，请分别核实：',
    by: { payer: '同一微信付款', planet: '同一星球用户' },
    erase: '删除个人信息',
    eraseSays:
      '删除昵称、星球 ID、微信标识、打卡内容与支付通知原文，不能恢复；之后无法再匹配，也查不到是谁。星球 ID 只是填写、没有验证过的，打卡内容保留到期满。',
    stays:
      '仍然保留：订单号、支付与退款单号、金额、时间、收支分录、审核记录，以及操作日志中写过的内容。款项没有完成时不能删除。',
    erased: '个人信息已删除',
    close: '关闭',
    sure: '确认删除，不能恢复',
  },
  {
    open: 'Data request',
    title: 'A member asks to see or erase their data',
    lead: 'Make sure first that it is them (such as by the WeChat that paid, who can name the payment’s time and number). Members can do both by themselves in H5, under 我的报名 › 个人信息.',
    verified: 'I have made sure that it is them',
    export: 'Export (JSON)',
    exportSays:
      'All that is held of this enrolment’s member, to be sent to them. Each export is in the audit log.',
    exported: (name: string) => `${name} is downloaded`,
    erasedAt: (at: string) => `The data of this enrolment was erased on ${at}.`,
    related: 'Other enrolments that may be theirs; make sure of each:',
    by: { payer: 'paid by the same WeChat', planet: 'the same planet user' },
    erase: 'Erase the data',
    eraseSays:
      'Nicknames, planet id, WeChat id, texts of check-ins and what the gateway told go, for good; the member can no longer be matched or recognized. Where the planet id was only typed, the check-ins stay until their time is over.',
    stays:
      'What stays: the numbers of order, payment and refund, amounts, times, ledger entries, decisions, and what the audit log says. While money is not done nothing can be erased.',
    erased: 'The data is erased',
    close: 'Close',
    sure: 'Erase for good',
  },
);

/** Answers a member who asks about their data. */
export function PersonalData({ orderNo }: { orderNo: string }): ReactNode {
  const t = useWords(text);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<SafetyCertificateOutlined />} onClick={() => setOpen(true)}>
        {t.open}
      </Button>
      {open && <Request orderNo={orderNo} close={() => setOpen(false)} />}
    </>
  );
}

function Request({ orderNo, close }: { orderNo: string; close: () => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const [verified, setVerified] = useState(false);
  const read = useApiMutation('exportPersonalData');
  const get = (): void =>
    read.mutate(
      { path: { orderNo } },
      {
        onSuccess: ({ data }) => {
          const fileName = `personal-data_${orderNo}.json`;
          save({
            blob: new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }),
            fileName,
          });
          void message.success(t.exported(fileName));
        },
      },
    );
  return (
    <Modal open title={t.title} onCancel={close} footer={<Button onClick={close}>{t.close}</Button>}>
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t.lead}</Typography.Text>
        <Checkbox checked={verified} onChange={({ target }) => setVerified(target.checked)}>
          {t.verified}
        </Checkbox>
        <Part says={t.exportSays}>
          <Button type="primary" disabled={!verified} loading={read.isPending} onClick={get}>
            {t.export}
          </Button>
        </Part>
        <Why error={read.error} />
        {read.data && <Found found={read.data} />}
        <Erase orderNo={orderNo} verified={verified} close={close} />
      </Flex>
    </Modal>
  );
}

function Part({ says, children }: { says: string; children: ReactNode }): ReactNode {
  return (
    <Flex vertical gap={8} align="start">
      <Typography.Text>{says}</Typography.Text>
      {children}
    </Flex>
  );
}

function Found({ found: { erasedAt, related } }: { found: Camp.PersonalData }): ReactNode {
  const t = useWords(text);
  return (
    <>
      {erasedAt !== null && <Alert type="info" showIcon title={t.erasedAt(dateTime(erasedAt))} />}
      {related.length > 0 && (
        <div>
          <Typography.Text>{t.related}</Typography.Text>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {related.map(({ orderNo, campName, memberId, by }) => (
              <li key={orderNo}>
                {memberId === null ? campName : <Link to={`/members?open=${memberId}`}>{campName}</Link>}{' '}
                <Typography.Text type="secondary">
                  {t.by[by]} · {orderNo}
                </Typography.Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Erase({
  orderNo,
  verified,
  close,
}: {
  orderNo: string;
  verified: boolean;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const [sure, setSure] = useState(false);
  const erase = useApiMutation('erasePersonalData', {
    invalidates: [
      'getMember',
      'listMembers',
      'listCheckinRecords',
      'listPendingRefunds',
      'listRefundRecords',
    ],
  });
  const go = (): void => {
    if (!sure) {
      setSure(true);
      return;
    }
    erase.mutate(
      { path: { orderNo } },
      {
        onSuccess: () => {
          void message.success(t.erased);
          close();
        },
      },
    );
  };
  return (
    <>
      <Part says={t.eraseSays}>
        <Typography.Text type="secondary">{t.stays}</Typography.Text>
        <Button
          danger
          type={sure ? 'primary' : 'default'}
          disabled={!verified}
          loading={erase.isPending}
          onClick={go}
        >
          {sure ? t.sure : t.erase}
        </Button>
      </Part>
      <Why error={erase.error} />
    </>
  );
}

/** What the server says is all there is to say: it names what has to be done first. */
function Why({ error }: { error: Error | null }): ReactNode {
  const explain = useExplain();
  return error && <Alert type="error" showIcon role="alert" title={explain(error).cause} />;
}
