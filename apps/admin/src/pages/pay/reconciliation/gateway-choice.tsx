import type { ReactNode } from 'react';
import { useApiQuery } from '../../../kit/api.js';
import { Choice } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useWords } from '../../../kit/text.js';
import { billWords } from './bill-words.js';

/** Of the gateways that have bills; and the one that the address says, which may have none any more. */
export function GatewayChoice({
  value,
  change,
}: {
  value: string;
  change: (gateway: string) => void;
}): ReactNode {
  const t = useWords(billWords);
  const name = useGatewayName();
  const billed = useApiQuery('getPayBillMonth', { query: {} }).data?.gateways ?? [];
  const shown = [...new Set([...billed, ...(value ? [value] : [])])];
  return (
    <Choice
      label={t.allGateways}
      value={value}
      names={Object.fromEntries(shown.map((gateway) => [gateway, name(gateway)]))}
      change={change}
      width={170}
    />
  );
}
