import { WorkOrderEntity } from './work-order.entity.js';
import { WorkOrderPayment } from './work-order-payment.entity.js';
import { WorkOrderRefund } from './work-order-refund.entity.js';
import { WorkOrderServiceType } from './work-order-service-type.entity.js';

export const workOrderEntities = [WorkOrderEntity, WorkOrderPayment, WorkOrderRefund, WorkOrderServiceType];
