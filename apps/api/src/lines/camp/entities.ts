import { CampEntity } from './camp/camp.entity.js';
import { CampCheckin } from './checkin/camp-checkin.entity.js';
import { CampCheckinUpload } from './upload/camp-checkin-upload.entity.js';
import { CampConsent } from './privacy/camp-consent.entity.js';
import { CampIdentityCode } from './member/camp-identity-code.entity.js';
import { CampMember } from './member/camp-member.entity.js';
import { CampOrder } from './h5/camp-order.entity.js';
import { CampRefund } from './refund/camp-refund.entity.js';
import { CampStaff } from './camp/camp-staff.entity.js';
import { CampSync } from './checkin/camp-sync.entity.js';
import { CampSyncTask } from './checkin/camp-sync-task.entity.js';
import { CampSyncTaskCamp } from './checkin/camp-sync-task-camp.entity.js';
import { CampTicket } from './h5/camp-ticket.entity.js';
import { CampUnallocated } from './unallocated/camp-unallocated.entity.js';
import { PlanetUser } from './member/planet-user.entity.js';

export const campEntities = [
  CampEntity,
  CampCheckin,
  CampCheckinUpload,
  CampConsent,
  CampIdentityCode,
  CampMember,
  CampOrder,
  CampRefund,
  CampStaff,
  CampSync,
  CampSyncTask,
  CampSyncTaskCamp,
  CampTicket,
  CampUnallocated,
  PlanetUser,
];
