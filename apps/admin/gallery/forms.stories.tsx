import { Button, Form } from 'antd';
import { useState, type ReactNode } from 'react';
import { CodeField } from '../src/kit/code-field.js';
import { AmountField, FormModal, TextField, WholeField } from '../src/kit/form-modal.js';

export default { title: 'Form' };

const fields = (
  <>
    <TextField name="name" label="名称" max={20} />
    <TextField name="note" label="说明" max={200} lines={3} optional />
    <AmountField name="yuan" label="押金" extra="元" />
    <WholeField name="days" label="天数" />
  </>
);

export const Empty = (): ReactNode => (
  <Form name="empty" layout="vertical" style={{ maxWidth: 420 }} children={fields} />
);

export const Refused = (): ReactNode => (
  <Form
    name="refused"
    layout="vertical"
    style={{ maxWidth: 420 }}
    fields={[{ name: 'name', value: '早起营', errors: ['已有同名的训练营'] }]}
    children={fields}
  />
);

export const OneTimeCode = (): ReactNode => (
  <Form layout="vertical" style={{ maxWidth: 420 }} children={<CodeField />} />
);

function Opened(): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>新建</Button>
      {open && (
        <FormModal
          title="新建"
          about="发布前都可以修改。"
          ok="保存"
          act={{ isPending: false, error: null }}
          submit={() => setOpen(false)}
          close={() => setOpen(false)}
          children={fields}
        />
      )}
    </>
  );
}

export const OverAPage = (): ReactNode => <Opened />;
