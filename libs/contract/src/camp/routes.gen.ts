// Generated from libs/contract/camp by `npm run generate`. Do not edit.
import type {
  LoginData,
  LoginResponses,
  LogoutData,
  LogoutResponses,
  GetCurrentUserData,
  GetCurrentUserResponses,
  ChangePasswordData,
  ChangePasswordResponses,
  ProveFreshData,
  ProveFreshResponses,
  GetTotpData,
  GetTotpResponses,
  BeginTotpData,
  BeginTotpResponses,
  ConfirmTotpData,
  ConfirmTotpResponses,
  EndTotpData,
  EndTotpResponses,
  RenewRecoveryCodesData,
  RenewRecoveryCodesResponses,
  ListSessionsData,
  ListSessionsResponses,
  EndOtherSessionsData,
  EndOtherSessionsResponses,
  EndSessionData,
  EndSessionResponses,
  ListUsersData,
  ListUsersResponses,
  CreateUserData,
  CreateUserResponses,
  UpdateUserData,
  UpdateUserResponses,
  ResetUserTotpData,
  ResetUserTotpResponses,
  ListCampsData,
  ListCampsResponses,
  CreateCampData,
  CreateCampResponses,
  CreateCampDraftData,
  CreateCampDraftResponses,
  GetCampData,
  GetCampResponses,
  UpdateCampData,
  UpdateCampResponses,
  DeleteCampData,
  DeleteCampResponses,
  UpdateCampDraftData,
  UpdateCampDraftResponses,
  PublishCampData,
  PublishCampResponses,
  CreatePersonalLinksData,
  CreatePersonalLinksResponses,
  CorrectPlanetProjectData,
  CorrectPlanetProjectResponses,
  LookUpPlanetProjectData,
  LookUpPlanetProjectResponses,
  SyncAllCampsData,
  SyncAllCampsResponses,
  GetSyncStateData,
  GetSyncStateResponses,
  SyncCampData,
  SyncCampResponses,
  ListSyncTasksData,
  ListSyncTasksResponses,
  GetSyncTaskData,
  GetSyncTaskResponses,
  StreamSyncTaskData,
  StreamSyncTaskResponses,
  GetCheckinStatsData,
  GetCheckinStatsResponses,
  ListCheckinRecordsData,
  ListCheckinRecordsResponses,
  CreatePaymentData,
  CreatePaymentResponses,
  GetPaymentParamsData,
  GetPaymentParamsResponses,
  GetPaymentStatusData,
  GetPaymentStatusResponses,
  BindPaymentData,
  BindPaymentResponses,
  ClaimPaymentData,
  ClaimPaymentResponses,
  GetGroupQrcodeData,
  GetGroupQrcodeResponses,
  ListPublicCampsData,
  ListPublicCampsResponses,
  GetPublicCampData,
  GetPublicCampResponses,
  GetPageSettingsData,
  GetPageSettingsResponses,
  SignInWithWechatData,
  SignInWithWechatResponses,
  GetProgressData,
  GetProgressResponses,
  IssueIdentityCodeData,
  IssueIdentityCodeResponses,
  CheckPlanetIdData,
  CheckPlanetIdResponses,
  CorrectPlanetIdData,
  CorrectPlanetIdResponses,
  ListMembersData,
  ListMembersResponses,
  ExportMembersData,
  ExportMembersResponses,
  GetMemberData,
  GetMemberResponses,
  MatchMemberData,
  MatchMemberResponses,
  UnmatchMemberData,
  UnmatchMemberResponses,
  SettleReviewData,
  SettleReviewResponses,
  ReturnDepositData,
  ReturnDepositResponses,
  ListMatchCandidatesData,
  ListMatchCandidatesResponses,
  MarkJoinedGroupData,
  MarkJoinedGroupResponses,
  ListUnallocatedData,
  ListUnallocatedResponses,
  AssignUnallocatedData,
  AssignUnallocatedResponses,
  RefundUnallocatedData,
  RefundUnallocatedResponses,
  ListNotificationsData,
  ListNotificationsResponses,
  ListLedgerData,
  ListLedgerResponses,
  GetPrivacyNoticeData,
  GetPrivacyNoticeResponses,
  GetMyDataData,
  GetMyDataResponses,
  EraseMyDataData,
  EraseMyDataResponses,
  ExportPersonalDataData,
  ExportPersonalDataResponses,
  ErasePersonalDataData,
  ErasePersonalDataResponses,
  ListPendingRefundsData,
  ListPendingRefundsResponses,
  ApproveRefundData,
  ApproveRefundResponses,
  RejectRefundData,
  RejectRefundResponses,
  BatchApproveRefundsData,
  BatchApproveRefundsResponses,
  UndoRefundDecisionData,
  UndoRefundDecisionResponses,
  UndoRefundDecisionsData,
  UndoRefundDecisionsResponses,
  RetryRefundData,
  RetryRefundResponses,
  NotifyRefundData,
  NotifyRefundResponses,
  ListRefundRecordsData,
  ListRefundRecordsResponses,
  MoveDemoClockData,
  MoveDemoClockResponses,
  GetLivenessData,
  GetLivenessResponses,
  GetReadinessData,
  GetReadinessResponses,
  GetMetricsData,
  GetMetricsResponses,
  GetVersionData,
  GetVersionResponses,
  GetDomainFileData,
  GetDomainFileResponses,
  GetUploadedImageData,
  GetUploadedImageResponses,
  GetStatsOverviewData,
  GetStatsOverviewResponses,
  GetCampStatsData,
  GetCampStatsResponses,
  ExportStatsData,
  ExportStatsResponses,
  ListConfigData,
  ListConfigResponses,
  UpdateConfigData,
  UpdateConfigResponses,
  TestConfigData,
  TestConfigResponses,
  ListAuditLogsData,
  ListAuditLogsResponses,
  UploadImageData,
  UploadImageResponses,
  GetSystemHealthData,
  GetSystemHealthResponses,
  ReceiveWechatPaymentData,
  ReceiveWechatPaymentResponses,
  ReceiveWechatRefundData,
  ReceiveWechatRefundResponses,
} from './types.gen.js';

/** Each operation's request (path, query, body) and its whole 200 answer. */
export interface CampOperations {
  login: { request: LoginData; answer: LoginResponses[200] };
  logout: { request: LogoutData; answer: LogoutResponses[200] };
  getCurrentUser: { request: GetCurrentUserData; answer: GetCurrentUserResponses[200] };
  changePassword: { request: ChangePasswordData; answer: ChangePasswordResponses[200] };
  proveFresh: { request: ProveFreshData; answer: ProveFreshResponses[200] };
  getTotp: { request: GetTotpData; answer: GetTotpResponses[200] };
  beginTotp: { request: BeginTotpData; answer: BeginTotpResponses[200] };
  confirmTotp: { request: ConfirmTotpData; answer: ConfirmTotpResponses[200] };
  endTotp: { request: EndTotpData; answer: EndTotpResponses[200] };
  renewRecoveryCodes: { request: RenewRecoveryCodesData; answer: RenewRecoveryCodesResponses[200] };
  listSessions: { request: ListSessionsData; answer: ListSessionsResponses[200] };
  endOtherSessions: { request: EndOtherSessionsData; answer: EndOtherSessionsResponses[200] };
  endSession: { request: EndSessionData; answer: EndSessionResponses[200] };
  listUsers: { request: ListUsersData; answer: ListUsersResponses[200] };
  createUser: { request: CreateUserData; answer: CreateUserResponses[200] };
  updateUser: { request: UpdateUserData; answer: UpdateUserResponses[200] };
  resetUserTotp: { request: ResetUserTotpData; answer: ResetUserTotpResponses[200] };
  listCamps: { request: ListCampsData; answer: ListCampsResponses[200] };
  createCamp: { request: CreateCampData; answer: CreateCampResponses[200] };
  createCampDraft: { request: CreateCampDraftData; answer: CreateCampDraftResponses[200] };
  getCamp: { request: GetCampData; answer: GetCampResponses[200] };
  updateCamp: { request: UpdateCampData; answer: UpdateCampResponses[200] };
  deleteCamp: { request: DeleteCampData; answer: DeleteCampResponses[200] };
  updateCampDraft: { request: UpdateCampDraftData; answer: UpdateCampDraftResponses[200] };
  publishCamp: { request: PublishCampData; answer: PublishCampResponses[200] };
  createPersonalLinks: { request: CreatePersonalLinksData; answer: CreatePersonalLinksResponses[200] };
  correctPlanetProject: { request: CorrectPlanetProjectData; answer: CorrectPlanetProjectResponses[200] };
  lookUpPlanetProject: { request: LookUpPlanetProjectData; answer: LookUpPlanetProjectResponses[200] };
  syncAllCamps: { request: SyncAllCampsData; answer: SyncAllCampsResponses[200] };
  getSyncState: { request: GetSyncStateData; answer: GetSyncStateResponses[200] };
  syncCamp: { request: SyncCampData; answer: SyncCampResponses[200] };
  listSyncTasks: { request: ListSyncTasksData; answer: ListSyncTasksResponses[200] };
  getSyncTask: { request: GetSyncTaskData; answer: GetSyncTaskResponses[200] };
  streamSyncTask: { request: StreamSyncTaskData; answer: StreamSyncTaskResponses[200] };
  getCheckinStats: { request: GetCheckinStatsData; answer: GetCheckinStatsResponses[200] };
  listCheckinRecords: { request: ListCheckinRecordsData; answer: ListCheckinRecordsResponses[200] };
  createPayment: { request: CreatePaymentData; answer: CreatePaymentResponses[200] };
  getPaymentParams: { request: GetPaymentParamsData; answer: GetPaymentParamsResponses[200] };
  getPaymentStatus: { request: GetPaymentStatusData; answer: GetPaymentStatusResponses[200] };
  bindPayment: { request: BindPaymentData; answer: BindPaymentResponses[200] };
  claimPayment: { request: ClaimPaymentData; answer: ClaimPaymentResponses[200] };
  getGroupQrcode: { request: GetGroupQrcodeData; answer: GetGroupQrcodeResponses[200] };
  listPublicCamps: { request: ListPublicCampsData; answer: ListPublicCampsResponses[200] };
  getPublicCamp: { request: GetPublicCampData; answer: GetPublicCampResponses[200] };
  getPageSettings: { request: GetPageSettingsData; answer: GetPageSettingsResponses[200] };
  signInWithWechat: { request: SignInWithWechatData; answer: SignInWithWechatResponses[200] };
  getProgress: { request: GetProgressData; answer: GetProgressResponses[200] };
  issueIdentityCode: { request: IssueIdentityCodeData; answer: IssueIdentityCodeResponses[200] };
  checkPlanetId: { request: CheckPlanetIdData; answer: CheckPlanetIdResponses[200] };
  correctPlanetId: { request: CorrectPlanetIdData; answer: CorrectPlanetIdResponses[200] };
  listMembers: { request: ListMembersData; answer: ListMembersResponses[200] };
  exportMembers: { request: ExportMembersData; answer: ExportMembersResponses[200] };
  getMember: { request: GetMemberData; answer: GetMemberResponses[200] };
  matchMember: { request: MatchMemberData; answer: MatchMemberResponses[200] };
  unmatchMember: { request: UnmatchMemberData; answer: UnmatchMemberResponses[200] };
  settleReview: { request: SettleReviewData; answer: SettleReviewResponses[200] };
  returnDeposit: { request: ReturnDepositData; answer: ReturnDepositResponses[200] };
  listMatchCandidates: { request: ListMatchCandidatesData; answer: ListMatchCandidatesResponses[200] };
  markJoinedGroup: { request: MarkJoinedGroupData; answer: MarkJoinedGroupResponses[200] };
  listUnallocated: { request: ListUnallocatedData; answer: ListUnallocatedResponses[200] };
  assignUnallocated: { request: AssignUnallocatedData; answer: AssignUnallocatedResponses[200] };
  refundUnallocated: { request: RefundUnallocatedData; answer: RefundUnallocatedResponses[200] };
  listNotifications: { request: ListNotificationsData; answer: ListNotificationsResponses[200] };
  listLedger: { request: ListLedgerData; answer: ListLedgerResponses[200] };
  getPrivacyNotice: { request: GetPrivacyNoticeData; answer: GetPrivacyNoticeResponses[200] };
  getMyData: { request: GetMyDataData; answer: GetMyDataResponses[200] };
  eraseMyData: { request: EraseMyDataData; answer: EraseMyDataResponses[200] };
  exportPersonalData: { request: ExportPersonalDataData; answer: ExportPersonalDataResponses[200] };
  erasePersonalData: { request: ErasePersonalDataData; answer: ErasePersonalDataResponses[200] };
  listPendingRefunds: { request: ListPendingRefundsData; answer: ListPendingRefundsResponses[200] };
  approveRefund: { request: ApproveRefundData; answer: ApproveRefundResponses[200] };
  rejectRefund: { request: RejectRefundData; answer: RejectRefundResponses[200] };
  batchApproveRefunds: { request: BatchApproveRefundsData; answer: BatchApproveRefundsResponses[200] };
  undoRefundDecision: { request: UndoRefundDecisionData; answer: UndoRefundDecisionResponses[200] };
  undoRefundDecisions: { request: UndoRefundDecisionsData; answer: UndoRefundDecisionsResponses[200] };
  retryRefund: { request: RetryRefundData; answer: RetryRefundResponses[200] };
  notifyRefund: { request: NotifyRefundData; answer: NotifyRefundResponses[200] };
  listRefundRecords: { request: ListRefundRecordsData; answer: ListRefundRecordsResponses[200] };
  moveDemoClock: { request: MoveDemoClockData; answer: MoveDemoClockResponses[200] };
  getLiveness: { request: GetLivenessData; answer: GetLivenessResponses[200] };
  getReadiness: { request: GetReadinessData; answer: GetReadinessResponses[200] };
  getMetrics: { request: GetMetricsData; answer: GetMetricsResponses[200] };
  getVersion: { request: GetVersionData; answer: GetVersionResponses[200] };
  getDomainFile: { request: GetDomainFileData; answer: GetDomainFileResponses[200] };
  getUploadedImage: { request: GetUploadedImageData; answer: GetUploadedImageResponses[200] };
  getStatsOverview: { request: GetStatsOverviewData; answer: GetStatsOverviewResponses[200] };
  getCampStats: { request: GetCampStatsData; answer: GetCampStatsResponses[200] };
  exportStats: { request: ExportStatsData; answer: ExportStatsResponses[200] };
  listConfig: { request: ListConfigData; answer: ListConfigResponses[200] };
  updateConfig: { request: UpdateConfigData; answer: UpdateConfigResponses[200] };
  testConfig: { request: TestConfigData; answer: TestConfigResponses[200] };
  listAuditLogs: { request: ListAuditLogsData; answer: ListAuditLogsResponses[200] };
  uploadImage: { request: UploadImageData; answer: UploadImageResponses[200] };
  getSystemHealth: { request: GetSystemHealthData; answer: GetSystemHealthResponses[200] };
  receiveWechatPayment: { request: ReceiveWechatPaymentData; answer: ReceiveWechatPaymentResponses[200] };
  receiveWechatRefund: { request: ReceiveWechatRefundData; answer: ReceiveWechatRefundResponses[200] };
}

/** Method and path of each operation. */
export const campRoutes = {
  login: 'POST /api/admin/auth/login',
  logout: 'POST /api/admin/auth/logout',
  getCurrentUser: 'GET /api/admin/auth/me',
  changePassword: 'PUT /api/admin/auth/password',
  proveFresh: 'POST /api/admin/auth/fresh',
  getTotp: 'GET /api/admin/auth/totp',
  beginTotp: 'POST /api/admin/auth/totp',
  confirmTotp: 'PUT /api/admin/auth/totp',
  endTotp: 'DELETE /api/admin/auth/totp',
  renewRecoveryCodes: 'POST /api/admin/auth/totp/recovery-codes',
  listSessions: 'GET /api/admin/auth/sessions',
  endOtherSessions: 'DELETE /api/admin/auth/sessions',
  endSession: 'DELETE /api/admin/auth/sessions/{id}',
  listUsers: 'GET /api/admin/users',
  createUser: 'POST /api/admin/users',
  updateUser: 'PUT /api/admin/users/{id}',
  resetUserTotp: 'DELETE /api/admin/users/{id}/totp',
  listCamps: 'GET /api/admin/camps',
  createCamp: 'POST /api/admin/camps',
  createCampDraft: 'POST /api/admin/camps/drafts',
  getCamp: 'GET /api/admin/camps/{id}',
  updateCamp: 'PUT /api/admin/camps/{id}',
  deleteCamp: 'DELETE /api/admin/camps/{id}',
  updateCampDraft: 'PUT /api/admin/camps/{id}/draft',
  publishCamp: 'POST /api/admin/camps/{id}/publish',
  createPersonalLinks: 'POST /api/admin/camps/{id}/links',
  correctPlanetProject: 'PUT /api/admin/camps/{id}/planet-project',
  lookUpPlanetProject: 'GET /api/admin/planet/projects/{planetProjectId}',
  syncAllCamps: 'POST /api/admin/checkins/sync',
  getSyncState: 'GET /api/admin/checkins/sync/{campId}',
  syncCamp: 'POST /api/admin/checkins/sync/{campId}',
  listSyncTasks: 'GET /api/admin/checkins/sync-tasks',
  getSyncTask: 'GET /api/admin/checkins/sync-tasks/{taskId}',
  streamSyncTask: 'GET /api/admin/checkins/sync-tasks/{taskId}/events',
  getCheckinStats: 'GET /api/admin/checkins/stats/{campId}',
  listCheckinRecords: 'GET /api/admin/checkins/records',
  createPayment: 'POST /api/h5/payments',
  getPaymentParams: 'GET /api/h5/payments/{id}/params',
  getPaymentStatus: 'GET /api/h5/payments/{orderNo}/status',
  bindPayment: 'POST /api/h5/payments/bind',
  claimPayment: 'POST /api/h5/payments/claim',
  getGroupQrcode: 'GET /api/h5/payments/{orderNo}/qrcode',
  listPublicCamps: 'GET /api/h5/camps',
  getPublicCamp: 'GET /api/h5/camps/{id}',
  getPageSettings: 'GET /api/h5/config',
  signInWithWechat: 'POST /api/h5/auth/wechat',
  getProgress: 'GET /api/h5/progress/{memberId}',
  issueIdentityCode: 'POST /api/h5/progress/{memberId}/identity-code',
  checkPlanetId: 'GET /api/h5/progress/{memberId}/planet-id',
  correctPlanetId: 'PUT /api/h5/progress/{memberId}/planet-id',
  listMembers: 'GET /api/admin/members',
  exportMembers: 'GET /api/admin/members/export',
  getMember: 'GET /api/admin/members/{id}',
  matchMember: 'POST /api/admin/members/{id}/match',
  unmatchMember: 'POST /api/admin/members/{id}/unmatch',
  settleReview: 'POST /api/admin/members/{id}/settle-review',
  returnDeposit: 'POST /api/admin/members/{id}/return-deposit',
  listMatchCandidates: 'GET /api/admin/members/{id}/candidates',
  markJoinedGroup: 'PUT /api/admin/members/{id}/join-group',
  listUnallocated: 'GET /api/admin/unallocated',
  assignUnallocated: 'POST /api/admin/unallocated/{id}/assign',
  refundUnallocated: 'POST /api/admin/unallocated/{id}/refund',
  listNotifications: 'GET /api/admin/notifications',
  listLedger: 'GET /api/admin/ledger',
  getPrivacyNotice: 'GET /api/h5/privacy-notice',
  getMyData: 'GET /api/h5/my-data',
  eraseMyData: 'DELETE /api/h5/my-data',
  exportPersonalData: 'GET /api/admin/personal-data/{orderNo}',
  erasePersonalData: 'DELETE /api/admin/personal-data/{orderNo}',
  listPendingRefunds: 'GET /api/admin/refunds/pending',
  approveRefund: 'POST /api/admin/refunds/{id}/approve',
  rejectRefund: 'POST /api/admin/refunds/{id}/reject',
  batchApproveRefunds: 'POST /api/admin/refunds/batch-approve',
  undoRefundDecision: 'POST /api/admin/refunds/{id}/undo',
  undoRefundDecisions: 'POST /api/admin/refunds/batch-undo',
  retryRefund: 'POST /api/admin/refunds/{id}/retry',
  notifyRefund: 'POST /api/admin/refunds/{id}/notify',
  listRefundRecords: 'GET /api/admin/refunds/records',
  moveDemoClock: 'POST /api/demo/clock',
  getLiveness: 'GET /health/live',
  getReadiness: 'GET /health/ready',
  getMetrics: 'GET /metrics',
  getVersion: 'GET /version',
  getDomainFile: 'GET /{domainFile}',
  getUploadedImage: 'GET /uploads/{name}',
  getStatsOverview: 'GET /api/admin/stats/overview',
  getCampStats: 'GET /api/admin/stats/camps/{id}',
  exportStats: 'GET /api/admin/stats/export',
  listConfig: 'GET /api/admin/config',
  updateConfig: 'PUT /api/admin/config',
  testConfig: 'POST /api/admin/config/test',
  listAuditLogs: 'GET /api/admin/logs',
  uploadImage: 'POST /api/admin/uploads',
  getSystemHealth: 'GET /api/admin/system-health',
  receiveWechatPayment: 'POST /api/webhook/wechat/payment',
  receiveWechatRefund: 'POST /api/webhook/wechat/refund',
} as const satisfies Record<keyof CampOperations, string>;
