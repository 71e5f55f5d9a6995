import { Form, Input, InputNumber, Modal, Typography, type FormItemProps } from 'antd';
import { useEffect, useId, type ReactNode } from 'react';
import { Refusal } from './failure.js';
import { beyondFields, useFieldErrors } from './field-errors.js';
import { useWords, words } from './text.js';

const text = words({ cancel: '取消', needed: '必填' }, { cancel: 'Cancel', needed: 'Needed' });

/** The attribute of the field where typing begins. */
const FIRST = 'data-first';

interface FormModalProps<Values extends object> {
  title: string;
  /** What is going to happen. */
  about?: ReactNode;
  /** What the button says. */
  ok: string;
  danger?: boolean;
  /** Whether Enter is enough: nothing has to be filled in. */
  okFocused?: boolean;
  /** It is there for whoever uses the keyboard. */
  opened?: () => void;
  /** What is there does not allow it. */
  disabled?: boolean;
  initial?: Partial<Values>;
  /** The call under way, and what came of the one before. */
  act: { isPending: boolean; error: unknown };
  submit: (values: Values) => void;
  close: () => void;
  children: ReactNode;
}

/** A small form over a page. What the server finds wrong stands beside its field. */
export function FormModal<Values extends object>(props: FormModalProps<Values>): ReactNode {
  const t = useWords(text);
  const [form] = Form.useForm<Values>();
  const { act, close } = props;
  const ok = useId();
  const name = useId();
  // Once more: the modal is not shown yet while its fields begin, and takes the focus for itself once it is, unless the focus is in it:
  // https://github.com/react-component/dialog/blob/v1.10.0/src/Dialog/index.tsx (onDialogVisibleChanged). Where nothing may move, that is at once.
  const opened = (): void => {
    const first = props.okFocused
      ? document.getElementById(ok)
      : document.getElementById(name)?.querySelector<HTMLElement>(`[${FIRST}]`);
    first?.focus();
    props.opened?.();
  };
  const showFieldErrors = useFieldErrors();
  useEffect(() => {
    if (act.error) showFieldErrors(form, act.error);
  }, [act.error, form, showFieldErrors]);
  return (
    <Modal
      open
      title={props.title}
      okText={props.ok}
      okButtonProps={{
        danger: props.danger ?? false,
        disabled: props.disabled ?? false,
        id: ok,
        autoFocus: props.okFocused ?? false,
      }}
      afterOpenChange={(open) => open && opened()}
      cancelText={t.cancel}
      onOk={form.submit}
      onCancel={close}
      confirmLoading={act.isPending}
      width={460}
    >
      {props.about && <Typography.Paragraph>{props.about}</Typography.Paragraph>}
      <Form<Values>
        form={form}
        id={name}
        layout="vertical"
        // Of two clicks at once the form hears the second only.
        onFinish={(values) => !act.isPending && props.submit(values)}
        {...(props.initial ? { initialValues: props.initial } : {})}
      >
        <Refusal error={beyondFields(act.error)} />
        {props.children}
        {/* Enter sends a form of one field by itself, one of several through its button. */}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}

type FieldProps = Pick<FormItemProps, 'name' | 'label' | 'extra'>;

interface TextFieldProps extends FieldProps {
  max: number;
  optional?: boolean;
  lines?: number;
  /** What is said where it is left empty. */
  needed?: string;
  placeholder?: string;
  /** Typing begins here. */
  autoFocus?: boolean;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { max, optional = false, lines = 1, needed, placeholder, autoFocus = false, ...item } = props;
  const t = useWords(text);
  const first = autoFocus ? { autoFocus, [FIRST]: true } : {};
  return (
    <Form.Item
      {...item}
      // Room for the count of characters.
      {...(lines > 1 ? { style: { marginBottom: 36 } } : {})}
      rules={optional ? [] : [{ required: true, whitespace: true, message: needed ?? t.needed }]}
    >
      {lines > 1 ? (
        <Input.TextArea maxLength={max} rows={lines} showCount placeholder={placeholder} {...first} />
      ) : (
        <Input maxLength={max} autoComplete="off" placeholder={placeholder} {...first} />
      )}
    </Form.Item>
  );
}

const MOST_YUAN = 100_000;

export function AmountField(item: FieldProps): ReactNode {
  const t = useWords(text);
  return (
    <Form.Item {...item} rules={[{ required: true, message: t.needed }]}>
      <InputNumber min={0.01} max={MOST_YUAN} precision={2} prefix="¥" style={{ width: '100%' }} />
    </Form.Item>
  );
}

/** A whole number from 1 on, such as an id. */
export function WholeField({ max, ...item }: FieldProps & { max?: number }): ReactNode {
  const t = useWords(text);
  return (
    <Form.Item {...item} rules={[{ required: true, message: t.needed }]}>
      <InputNumber
        min={1}
        max={max ?? Number.MAX_SAFE_INTEGER}
        precision={0}
        controls={false}
        style={{ width: '100%' }}
      />
    </Form.Item>
  );
}
