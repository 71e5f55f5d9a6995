import type { ReactNode } from 'react';
import { useWords } from '../../kit/text.js';
import { LinePage } from '../../pages/pay/kit/line-page.js';
import { WorkOrderDrawer } from './order-drawer.js';
import { WorkOrders } from './orders.js';
import { RefundApplications } from './refunds.js';
import { ServiceTypes } from './service-types.js';
import { workOrderWords } from './work-order-words.js';

export function WorkOrderPage(): ReactNode {
  const t = useWords(workOrderWords);
  return (
    <LinePage
      line="work-order"
      about={t.about}
      tabs={[
        { key: 'orders', label: t.orders, content: <WorkOrders /> },
        { key: 'refunds', label: t.refunds, content: <RefundApplications /> },
        { key: 'types', label: t.types, content: <ServiceTypes /> },
      ]}
      object={<WorkOrderDrawer />}
    />
  );
}
