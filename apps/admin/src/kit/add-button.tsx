import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';

/** Opens a form that makes something new. */
export function AddButton({
  label,
  children: form,
}: {
  label: string;
  children: (close: () => void) => ReactNode;
}): ReactNode {
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {label}
      </Button>
      {adding && form(() => setAdding(false))}
    </>
  );
}
