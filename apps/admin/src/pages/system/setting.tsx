import { App, Button, Card, Flex, Form, Input, Tag, Typography } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal, useExplain } from '../../kit/failure.js';
import { beyondFields, useFieldErrors } from '../../kit/field-errors.js';
import { useWords } from '../../kit/text.js';
import { ConfigTest } from './config-test.js';
import { configWords, settingWords } from './config-words.js';

/** One setting: what it is, whether it is set, and how to change, clear and try it. */
export function Setting({
  item,
  test,
}: {
  item: Camp.ConfigItem;
  test: Camp.ConfigTestTarget | undefined;
}): ReactNode {
  const t = useWords(configWords);
  const [editing, setEditing] = useState(false);
  const known = useWords(settingWords)[item.key];
  const title = known?.title ?? item.key;
  const id = useId();
  return (
    <Card styles={{ body: { padding: 16 } }}>
      <Flex gap={8} align="center" wrap>
        <Typography.Title level={2} id={id} style={{ fontSize: 15, margin: 0 }}>
          {title}
        </Typography.Title>
        {item.secret && <Tag>{t.secret}</Tag>}
      </Flex>
      <Typography.Paragraph type="secondary" style={{ margin: '4px 0 8px' }}>
        {known?.about ?? item.description}
      </Typography.Paragraph>
      <Flex gap="4px 8px" align="center" wrap>
        {editing ? (
          <Edit item={item} about={id} tested={test !== undefined} done={() => setEditing(false)} />
        ) : (
          <Shown item={item} title={title} about={id} edit={() => setEditing(true)} />
        )}
        {test && !editing && <ConfigTest target={test} about={id} />}
      </Flex>
    </Card>
  );
}

function Shown({
  item,
  title,
  about,
  edit,
}: {
  item: Camp.ConfigItem;
  title: string;
  /** Id of the heading. */
  about: string;
  edit: () => void;
}): ReactNode {
  const t = useWords(configWords);
  const { modal, message } = App.useApp();
  const explain = useExplain();
  const clear = useApiMutation('updateConfig', { invalidates: ['listConfig', 'getSystemHealth'] });
  const ask = (): void => {
    modal.confirm({
      title: t.clearTitle(title),
      content: t.clearBody,
      okText: t.clear,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: () =>
        clear.mutateAsync({ body: { key: item.key, value: '' } }).then(
          () => void message.success(t.cleared),
          (error: unknown) => void message.error(explain(error).cause),
        ),
    });
  };
  return (
    <>
      {item.value === null ? (
        <Typography.Text type="secondary">{t.unset}</Typography.Text>
      ) : (
        <Typography.Text code style={{ overflowWrap: 'anywhere' }}>
          <samp>{item.value}</samp>
        </Typography.Text>
      )}
      {item.updatedAt && (
        <Typography.Text type="secondary" className="number" style={{ fontSize: 12 }}>
          {t.updatedAt(dateTime(item.updatedAt))}
        </Typography.Text>
      )}
      <Button size="small" onClick={edit} aria-describedby={about}>
        {item.value === null ? t.set : t.edit}
      </Button>
      {item.value !== null && (
        <Button size="small" onClick={ask} aria-describedby={about}>
          {t.clear}
        </Button>
      )}
    </>
  );
}

function Edit({
  item,
  about,
  tested,
  done,
}: {
  item: Camp.ConfigItem;
  about: string;
  tested: boolean;
  done: () => void;
}): ReactNode {
  const t = useWords(configWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ value: string }>();
  const showFieldErrors = useFieldErrors();
  const save = useApiMutation('updateConfig', { invalidates: ['listConfig', 'getSystemHealth'] });
  const submit = ({ value }: { value: string }): void =>
    save.mutate(
      { body: { key: item.key, value } },
      {
        onSuccess: (said) => {
          void message.success(
            said.tested ? t.accepted : tested ? `${t.saved}${t.stop}${t.testHint}` : t.saved,
          );
          done();
        },
        onError: (error) => showFieldErrors(form, error),
      },
    );
  return (
    <Form
      form={form}
      layout="vertical"
      // A secret is never there to begin with.
      initialValues={{ value: item.secret ? '' : (item.value ?? '') }}
      onFinish={submit}
      style={{ flexBasis: '100%', marginBottom: 8 }}
    >
      <Refusal error={beyondFields(save.error)} />
      <Form.Item
        name="value"
        label={t.value}
        rules={[{ required: true, whitespace: true, message: t.required }]}
        style={{ margin: '8px 0' }}
      >
        {item.secret ? (
          <Input.Password autoFocus autoComplete="off" maxLength={20_000} aria-describedby={about} />
        ) : (
          <Input autoFocus autoComplete="off" maxLength={20_000} aria-describedby={about} />
        )}
      </Form.Item>
      <Flex gap={8}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t.save}
        </Button>
        <Button onClick={done}>{t.cancel}</Button>
      </Flex>
    </Form>
  );
}
