import { Button, Flex, Form, Input, Modal, QRCode, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useWords } from '../../kit/text.js';
import { RecoveryCodes } from './recovery-codes.js';
import { totpWords } from './totp-words.js';

/** The button that begins, and the dialog that goes on to the recovery codes. @param done after those were kept */
export function SetUpTotp({
  label,
  primary = false,
  done,
}: {
  label: string;
  primary?: boolean;
  done?: () => void;
}): ReactNode {
  const t = useWords(totpWords);
  const begin = useApiMutation('beginTotp');
  const singly = useSingleFlight();
  const [enrolment, setEnrolment] = useState<Camp.TotpEnrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <>
      <Refusal error={begin.error} />
      <Button
        size={primary ? 'middle' : 'small'}
        type={primary ? 'primary' : 'default'}
        loading={begin.isPending}
        onClick={() => singly(() => begin.mutateAsync({}).then(setEnrolment, () => undefined))}
      >
        {label}
      </Button>
      <Modal
        open={enrolment !== null}
        title={t.setUp}
        footer={null}
        onCancel={() => setEnrolment(null)}
        mask={{ closable: false }}
        destroyOnHidden
        width={440}
      >
        {enrolment && (
          <Confirm
            enrolment={enrolment}
            done={(made) => {
              setEnrolment(null);
              setCodes(made);
            }}
          />
        )}
      </Modal>
      <RecoveryCodes
        codes={codes}
        kept={() => {
          setCodes(null);
          done?.();
        }}
      />
    </>
  );
}

function Confirm({
  enrolment: { uri, secret },
  done,
}: {
  enrolment: Camp.TotpEnrolment;
  done: (codes: string[]) => void;
}): ReactNode {
  const t = useWords(totpWords);
  const confirm = useApiMutation('confirmTotp', { invalidates: ['getTotp', 'listSessions'] });
  const singly = useSingleFlight();
  return (
    <Form<Camp.ConfirmTotpRequest>
      name="totp"
      layout="vertical"
      requiredMark={false}
      // The codes come once: a second click must not take the first one's answer away.
      onFinish={(body) =>
        singly(() =>
          confirm.mutateAsync({ body }).then(
            ({ codes }) => done(codes),
            () => undefined,
          ),
        )
      }
    >
      <Flex vertical gap={8}>
        <Typography.Text>{t.scan}</Typography.Text>
        <Flex justify="center">
          <QRCode
            aria-label={t.qrcode}
            role="img"
            value={uri}
            size={192}
            color="#000"
            bgColor="#fff"
            errorLevel="M"
          />
        </Flex>
        <Typography.Text type="secondary">
          {t.byHand}
          <br />
          <Typography.Text code copyable={{ text: secret }} style={{ overflowWrap: 'anywhere' }}>
            {secret.match(/.{4}/g)?.join(' ')}
          </Typography.Text>
        </Typography.Text>
        <Typography.Text>{t.type}</Typography.Text>
        <Refusal error={confirm.error} />
        <Form.Item
          name="code"
          label={t.code}
          rules={[{ required: true, pattern: /^\d{6}$/, message: t.sixDigits }]}
          style={{ marginBottom: 8 }}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} className="number" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending} block>
          {t.confirm}
        </Button>
      </Flex>
    </Form>
  );
}
