import { GymMember } from './gym-member.entity.js';
import { GymOffer } from './gym-offer.entity.js';
import { GymPayment } from './gym-payment.entity.js';
import { GymRefund } from './gym-refund.entity.js';

export const gymEntities = [GymMember, GymOffer, GymPayment, GymRefund];
