import { Alert, Button, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { Refusal } from '../../kit/failure.js';
import { useSaid } from '../../kit/said.js';
import { useWords } from '../../kit/text.js';
import { configWords } from './config-words.js';

/**
 * Tries out what is configured, and says what came of it, below the line of buttons that it stands in.
 * @param about id of the heading that it belongs to
 */
export function ConfigTest({ target, about }: { target: Camp.ConfigTestTarget; about: string }): ReactNode {
  const say = useSaid();
  const t = useWords(configWords);
  const { named } = useWords(betweenWords);
  const test = useApiMutation('testConfig', { invalidates: ['listAuditLogs'] });
  const { data } = test;
  return (
    <>
      <Button
        size="small"
        aria-describedby={about}
        loading={test.isPending}
        onClick={() => test.mutate({ body: { target } })}
      >
        {test.isPending ? t.testing : t.test}
      </Button>
      <div aria-live="polite" style={{ flexBasis: '100%' }}>
        <Refusal error={test.error} />
        {data && !test.isPending && (
          <Alert
            style={{ marginTop: 4 }}
            type={data.ok ? 'success' : 'error'}
            showIcon
            title={
              <>
                {named(
                  data.ok ? t.passed : t.failed,
                  say({ message: data.message, code: data.messageCode, params: data.messageParams }),
                )}{' '}
                <Typography.Text type="secondary" className="number" style={{ fontSize: 12 }}>
                  {t.at(dateTime(data.checkedAt, true))}
                </Typography.Text>
              </>
            }
          />
        )}
      </div>
    </>
  );
}
