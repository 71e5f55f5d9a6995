import { Flex, Skeleton, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useWords, words } from './text.js';

const text = words({ system: '押金' }, { system: 'Deposits' });

/** A page's heading with its actions and what the page is for, and its name for the browser's tab. */
export function Page({
  title,
  about,
  extra,
  waits = false,
  children,
}: {
  title: string;
  about?: ReactNode;
  extra?: ReactNode;
  /** What is above on the page is not known yet: nothing below it is shown only to be pushed down. */
  waits?: boolean;
  children: ReactNode;
}): ReactNode {
  const { system } = useWords(text);
  useEffect(() => {
    document.title = `${title} · ${system}`;
  }, [title, system]);
  return (
    <>
      <Flex justify="space-between" align="center" gap="8px 12px" wrap style={{ marginBottom: 16 }}>
        <Typography.Title level={1} style={{ fontSize: 20, lineHeight: '30px', margin: 0 }}>
          {title}
        </Typography.Title>
        {extra && (
          <Flex gap={8} wrap className="page-actions">
            {extra}
          </Flex>
        )}
        {about && (
          <Typography.Text type="secondary" style={{ flexBasis: '100%' }}>
            {about}
          </Typography.Text>
        )}
      </Flex>
      {waits ? <Skeleton active paragraph={{ rows: 8 }} /> : children}
    </>
  );
}
