// Generated from libs/contract/console by `npm run generate`. Do not edit.
import type {
  ListPayStatementsData,
  ListPayStatementsResponses,
  GetPayStatementData,
  GetPayStatementResponses,
  ListPayMovementsData,
  ListPayMovementsResponses,
  FetchPayStatementData,
  FetchPayStatementResponses,
  ListPayWithdrawalsData,
  ListPayWithdrawalsResponses,
  ConfirmPayWithdrawalData,
  ConfirmPayWithdrawalResponses,
  ListPayAlertsData,
  ListPayAlertsResponses,
  GetPayAlertData,
  GetPayAlertResponses,
  SeePayAlertData,
  SeePayAlertResponses,
  ResolvePayAlertData,
  ResolvePayAlertResponses,
  ListPayApprovalsData,
  ListPayApprovalsResponses,
  ConfirmPayApprovalData,
  ConfirmPayApprovalResponses,
  RefusePayApprovalData,
  RefusePayApprovalResponses,
  ListCheckinUploadsData,
  ListCheckinUploadsResponses,
  PreviewCheckinUploadData,
  PreviewCheckinUploadResponses,
  ApplyCheckinUploadData,
  ApplyCheckinUploadResponses,
  UndoCheckinUploadData,
  UndoCheckinUploadResponses,
  ListPayClosesData,
  ListPayClosesResponses,
  ListPayCloseAccountsData,
  ListPayCloseAccountsResponses,
  GetPayCloseData,
  GetPayCloseResponses,
  ClosePayDayData,
  ClosePayDayResponses,
  ListCoursesData,
  ListCoursesResponses,
  CreateCourseData,
  CreateCourseResponses,
  UpdateCourseData,
  UpdateCourseResponses,
  ListEnrolmentsData,
  ListEnrolmentsResponses,
  CreateEnrolmentData,
  CreateEnrolmentResponses,
  ListAppointmentsData,
  ListAppointmentsResponses,
  CreateAppointmentData,
  CreateAppointmentResponses,
  GetCourseBookingData,
  GetCourseBookingResponses,
  RefundCourseBookingData,
  RefundCourseBookingResponses,
  CancelCourseBookingData,
  CancelCourseBookingResponses,
  ListCourseMethodsData,
  ListCourseMethodsResponses,
  UpdateCourseMethodData,
  UpdateCourseMethodResponses,
  ListCourseRefundsData,
  ListCourseRefundsResponses,
  RetryCourseRefundData,
  RetryCourseRefundResponses,
  ListPayEntriesData,
  ListPayEntriesResponses,
  ProposePayEntryData,
  ProposePayEntryResponses,
  ConfirmPayEntryData,
  ConfirmPayEntryResponses,
  RefusePayEntryData,
  RefusePayEntryResponses,
  ReversePayEntryData,
  ReversePayEntryResponses,
  ListGymMembersData,
  ListGymMembersResponses,
  CreateGymMemberData,
  CreateGymMemberResponses,
  GetGymMemberData,
  GetGymMemberResponses,
  ListGymOffersData,
  ListGymOffersResponses,
  CreateGymOfferData,
  CreateGymOfferResponses,
  UpdateGymOfferData,
  UpdateGymOfferResponses,
  ListGymPaymentsData,
  ListGymPaymentsResponses,
  RefundGymPaymentData,
  RefundGymPaymentResponses,
  RetryGymRefundData,
  RetryGymRefundResponses,
  ListJobsData,
  ListJobsResponses,
  RetryJobsData,
  RetryJobsResponses,
  DropJobsData,
  DropJobsResponses,
  ListPayLinesData,
  ListPayLinesResponses,
  ListPayOrdersData,
  ListPayOrdersResponses,
  GetPayOrderData,
  GetPayOrderResponses,
  ListPayRefundsData,
  ListPayRefundsResponses,
  RetryPayRefundsData,
  RetryPayRefundsResponses,
  GoOnWithRefundsData,
  GoOnWithRefundsResponses,
  RedirectPayRefundData,
  RedirectPayRefundResponses,
  RetryPayRefundData,
  RetryPayRefundResponses,
  ProposeOutsideRefundData,
  ProposeOutsideRefundResponses,
  WithdrawOutsideRefundData,
  WithdrawOutsideRefundResponses,
  ConfirmOutsideRefundData,
  ConfirmOutsideRefundResponses,
  ListPaySuspenseData,
  ListPaySuspenseResponses,
  AssignPaySuspenseData,
  AssignPaySuspenseResponses,
  RefundPaySuspenseData,
  RefundPaySuspenseResponses,
  ListPayBalancesData,
  ListPayBalancesResponses,
  ListPayBillsData,
  ListPayBillsResponses,
  GetPayBillMonthData,
  GetPayBillMonthResponses,
  GetPayBillData,
  GetPayBillResponses,
  ListPayBillRowsData,
  ListPayBillRowsResponses,
  FetchPayBillData,
  FetchPayBillResponses,
  ListPayDifferencesData,
  ListPayDifferencesResponses,
  GetPayDifferenceData,
  GetPayDifferenceResponses,
  GetPayDifferenceStoryData,
  GetPayDifferenceStoryResponses,
  TakePayDifferenceData,
  TakePayDifferenceResponses,
  ResolvePayDifferenceData,
  ResolvePayDifferenceResponses,
  ListPayStopsData,
  ListPayStopsResponses,
  StopPayoutsData,
  StopPayoutsResponses,
  ReleasePayStopData,
  ReleasePayStopResponses,
  ListTaskItemsData,
  ListTaskItemsResponses,
  GetTaskItemData,
  GetTaskItemResponses,
  ReviewTaskItemData,
  ReviewTaskItemResponses,
  ListTaskSettlementsData,
  ListTaskSettlementsResponses,
  RetryTaskTransferData,
  RetryTaskTransferResponses,
  ListTaskRefundsData,
  ListTaskRefundsResponses,
  RetryTaskRefundData,
  RetryTaskRefundResponses,
  ListWorkOrderServiceTypesData,
  ListWorkOrderServiceTypesResponses,
  CreateWorkOrderServiceTypeData,
  CreateWorkOrderServiceTypeResponses,
  UpdateWorkOrderServiceTypeData,
  UpdateWorkOrderServiceTypeResponses,
  ListWorkOrdersData,
  ListWorkOrdersResponses,
  CreateWorkOrderData,
  CreateWorkOrderResponses,
  GetWorkOrderData,
  GetWorkOrderResponses,
  AcceptWorkOrderData,
  AcceptWorkOrderResponses,
  PriceWorkOrderData,
  PriceWorkOrderResponses,
  CompleteWorkOrderData,
  CompleteWorkOrderResponses,
  CloseWorkOrderData,
  CloseWorkOrderResponses,
  ListWorkOrderRefundsData,
  ListWorkOrderRefundsResponses,
  DecideWorkOrderRefundData,
  DecideWorkOrderRefundResponses,
  ListPayWorkData,
  ListPayWorkResponses,
  TakePayWorkData,
  TakePayWorkResponses,
  FinishPayNotificationData,
  FinishPayNotificationResponses,
} from './types.gen.js';

/** Each operation's request (path, query, body) and its whole 200 answer. */
export interface ConsoleOperations {
  listPayStatements: { request: ListPayStatementsData; answer: ListPayStatementsResponses[200] };
  getPayStatement: { request: GetPayStatementData; answer: GetPayStatementResponses[200] };
  listPayMovements: { request: ListPayMovementsData; answer: ListPayMovementsResponses[200] };
  fetchPayStatement: { request: FetchPayStatementData; answer: FetchPayStatementResponses[200] };
  listPayWithdrawals: { request: ListPayWithdrawalsData; answer: ListPayWithdrawalsResponses[200] };
  confirmPayWithdrawal: { request: ConfirmPayWithdrawalData; answer: ConfirmPayWithdrawalResponses[200] };
  listPayAlerts: { request: ListPayAlertsData; answer: ListPayAlertsResponses[200] };
  getPayAlert: { request: GetPayAlertData; answer: GetPayAlertResponses[200] };
  seePayAlert: { request: SeePayAlertData; answer: SeePayAlertResponses[200] };
  resolvePayAlert: { request: ResolvePayAlertData; answer: ResolvePayAlertResponses[200] };
  listPayApprovals: { request: ListPayApprovalsData; answer: ListPayApprovalsResponses[200] };
  confirmPayApproval: { request: ConfirmPayApprovalData; answer: ConfirmPayApprovalResponses[200] };
  refusePayApproval: { request: RefusePayApprovalData; answer: RefusePayApprovalResponses[200] };
  listCheckinUploads: { request: ListCheckinUploadsData; answer: ListCheckinUploadsResponses[200] };
  previewCheckinUpload: { request: PreviewCheckinUploadData; answer: PreviewCheckinUploadResponses[200] };
  applyCheckinUpload: { request: ApplyCheckinUploadData; answer: ApplyCheckinUploadResponses[200] };
  undoCheckinUpload: { request: UndoCheckinUploadData; answer: UndoCheckinUploadResponses[200] };
  listPayCloses: { request: ListPayClosesData; answer: ListPayClosesResponses[200] };
  listPayCloseAccounts: { request: ListPayCloseAccountsData; answer: ListPayCloseAccountsResponses[200] };
  getPayClose: { request: GetPayCloseData; answer: GetPayCloseResponses[200] };
  closePayDay: { request: ClosePayDayData; answer: ClosePayDayResponses[200] };
  listCourses: { request: ListCoursesData; answer: ListCoursesResponses[200] };
  createCourse: { request: CreateCourseData; answer: CreateCourseResponses[200] };
  updateCourse: { request: UpdateCourseData; answer: UpdateCourseResponses[200] };
  listEnrolments: { request: ListEnrolmentsData; answer: ListEnrolmentsResponses[200] };
  createEnrolment: { request: CreateEnrolmentData; answer: CreateEnrolmentResponses[200] };
  listAppointments: { request: ListAppointmentsData; answer: ListAppointmentsResponses[200] };
  createAppointment: { request: CreateAppointmentData; answer: CreateAppointmentResponses[200] };
  getCourseBooking: { request: GetCourseBookingData; answer: GetCourseBookingResponses[200] };
  refundCourseBooking: { request: RefundCourseBookingData; answer: RefundCourseBookingResponses[200] };
  cancelCourseBooking: { request: CancelCourseBookingData; answer: CancelCourseBookingResponses[200] };
  listCourseMethods: { request: ListCourseMethodsData; answer: ListCourseMethodsResponses[200] };
  updateCourseMethod: { request: UpdateCourseMethodData; answer: UpdateCourseMethodResponses[200] };
  listCourseRefunds: { request: ListCourseRefundsData; answer: ListCourseRefundsResponses[200] };
  retryCourseRefund: { request: RetryCourseRefundData; answer: RetryCourseRefundResponses[200] };
  listPayEntries: { request: ListPayEntriesData; answer: ListPayEntriesResponses[200] };
  proposePayEntry: { request: ProposePayEntryData; answer: ProposePayEntryResponses[200] };
  confirmPayEntry: { request: ConfirmPayEntryData; answer: ConfirmPayEntryResponses[200] };
  refusePayEntry: { request: RefusePayEntryData; answer: RefusePayEntryResponses[200] };
  reversePayEntry: { request: ReversePayEntryData; answer: ReversePayEntryResponses[200] };
  listGymMembers: { request: ListGymMembersData; answer: ListGymMembersResponses[200] };
  createGymMember: { request: CreateGymMemberData; answer: CreateGymMemberResponses[200] };
  getGymMember: { request: GetGymMemberData; answer: GetGymMemberResponses[200] };
  listGymOffers: { request: ListGymOffersData; answer: ListGymOffersResponses[200] };
  createGymOffer: { request: CreateGymOfferData; answer: CreateGymOfferResponses[200] };
  updateGymOffer: { request: UpdateGymOfferData; answer: UpdateGymOfferResponses[200] };
  listGymPayments: { request: ListGymPaymentsData; answer: ListGymPaymentsResponses[200] };
  refundGymPayment: { request: RefundGymPaymentData; answer: RefundGymPaymentResponses[200] };
  retryGymRefund: { request: RetryGymRefundData; answer: RetryGymRefundResponses[200] };
  listJobs: { request: ListJobsData; answer: ListJobsResponses[200] };
  retryJobs: { request: RetryJobsData; answer: RetryJobsResponses[200] };
  dropJobs: { request: DropJobsData; answer: DropJobsResponses[200] };
  listPayLines: { request: ListPayLinesData; answer: ListPayLinesResponses[200] };
  listPayOrders: { request: ListPayOrdersData; answer: ListPayOrdersResponses[200] };
  getPayOrder: { request: GetPayOrderData; answer: GetPayOrderResponses[200] };
  listPayRefunds: { request: ListPayRefundsData; answer: ListPayRefundsResponses[200] };
  retryPayRefunds: { request: RetryPayRefundsData; answer: RetryPayRefundsResponses[200] };
  goOnWithRefunds: { request: GoOnWithRefundsData; answer: GoOnWithRefundsResponses[200] };
  redirectPayRefund: { request: RedirectPayRefundData; answer: RedirectPayRefundResponses[200] };
  retryPayRefund: { request: RetryPayRefundData; answer: RetryPayRefundResponses[200] };
  proposeOutsideRefund: { request: ProposeOutsideRefundData; answer: ProposeOutsideRefundResponses[200] };
  withdrawOutsideRefund: { request: WithdrawOutsideRefundData; answer: WithdrawOutsideRefundResponses[200] };
  confirmOutsideRefund: { request: ConfirmOutsideRefundData; answer: ConfirmOutsideRefundResponses[200] };
  listPaySuspense: { request: ListPaySuspenseData; answer: ListPaySuspenseResponses[200] };
  assignPaySuspense: { request: AssignPaySuspenseData; answer: AssignPaySuspenseResponses[200] };
  refundPaySuspense: { request: RefundPaySuspenseData; answer: RefundPaySuspenseResponses[200] };
  listPayBalances: { request: ListPayBalancesData; answer: ListPayBalancesResponses[200] };
  listPayBills: { request: ListPayBillsData; answer: ListPayBillsResponses[200] };
  getPayBillMonth: { request: GetPayBillMonthData; answer: GetPayBillMonthResponses[200] };
  getPayBill: { request: GetPayBillData; answer: GetPayBillResponses[200] };
  listPayBillRows: { request: ListPayBillRowsData; answer: ListPayBillRowsResponses[200] };
  fetchPayBill: { request: FetchPayBillData; answer: FetchPayBillResponses[200] };
  listPayDifferences: { request: ListPayDifferencesData; answer: ListPayDifferencesResponses[200] };
  getPayDifference: { request: GetPayDifferenceData; answer: GetPayDifferenceResponses[200] };
  getPayDifferenceStory: { request: GetPayDifferenceStoryData; answer: GetPayDifferenceStoryResponses[200] };
  takePayDifference: { request: TakePayDifferenceData; answer: TakePayDifferenceResponses[200] };
  resolvePayDifference: { request: ResolvePayDifferenceData; answer: ResolvePayDifferenceResponses[200] };
  listPayStops: { request: ListPayStopsData; answer: ListPayStopsResponses[200] };
  stopPayouts: { request: StopPayoutsData; answer: StopPayoutsResponses[200] };
  releasePayStop: { request: ReleasePayStopData; answer: ReleasePayStopResponses[200] };
  listTaskItems: { request: ListTaskItemsData; answer: ListTaskItemsResponses[200] };
  getTaskItem: { request: GetTaskItemData; answer: GetTaskItemResponses[200] };
  reviewTaskItem: { request: ReviewTaskItemData; answer: ReviewTaskItemResponses[200] };
  listTaskSettlements: { request: ListTaskSettlementsData; answer: ListTaskSettlementsResponses[200] };
  retryTaskTransfer: { request: RetryTaskTransferData; answer: RetryTaskTransferResponses[200] };
  listTaskRefunds: { request: ListTaskRefundsData; answer: ListTaskRefundsResponses[200] };
  retryTaskRefund: { request: RetryTaskRefundData; answer: RetryTaskRefundResponses[200] };
  listWorkOrderServiceTypes: {
    request: ListWorkOrderServiceTypesData;
    answer: ListWorkOrderServiceTypesResponses[200];
  };
  createWorkOrderServiceType: {
    request: CreateWorkOrderServiceTypeData;
    answer: CreateWorkOrderServiceTypeResponses[200];
  };
  updateWorkOrderServiceType: {
    request: UpdateWorkOrderServiceTypeData;
    answer: UpdateWorkOrderServiceTypeResponses[200];
  };
  listWorkOrders: { request: ListWorkOrdersData; answer: ListWorkOrdersResponses[200] };
  createWorkOrder: { request: CreateWorkOrderData; answer: CreateWorkOrderResponses[200] };
  getWorkOrder: { request: GetWorkOrderData; answer: GetWorkOrderResponses[200] };
  acceptWorkOrder: { request: AcceptWorkOrderData; answer: AcceptWorkOrderResponses[200] };
  priceWorkOrder: { request: PriceWorkOrderData; answer: PriceWorkOrderResponses[200] };
  completeWorkOrder: { request: CompleteWorkOrderData; answer: CompleteWorkOrderResponses[200] };
  closeWorkOrder: { request: CloseWorkOrderData; answer: CloseWorkOrderResponses[200] };
  listWorkOrderRefunds: { request: ListWorkOrderRefundsData; answer: ListWorkOrderRefundsResponses[200] };
  decideWorkOrderRefund: { request: DecideWorkOrderRefundData; answer: DecideWorkOrderRefundResponses[200] };
  listPayWork: { request: ListPayWorkData; answer: ListPayWorkResponses[200] };
  takePayWork: { request: TakePayWorkData; answer: TakePayWorkResponses[200] };
  finishPayNotification: { request: FinishPayNotificationData; answer: FinishPayNotificationResponses[200] };
}

/** Method and path of each operation. */
export const consoleRoutes = {
  listPayStatements: 'GET /api/admin/pay/statements',
  getPayStatement: 'GET /api/admin/pay/statements/{gateway}/{day}',
  listPayMovements: 'GET /api/admin/pay/statements/{gateway}/{day}/movements',
  fetchPayStatement: 'POST /api/admin/pay/statements/{gateway}/{day}/fetch',
  listPayWithdrawals: 'GET /api/admin/pay/withdrawals',
  confirmPayWithdrawal: 'POST /api/admin/pay/withdrawals/{id}/confirm',
  listPayAlerts: 'GET /api/admin/pay/alerts',
  getPayAlert: 'GET /api/admin/pay/alerts/{id}',
  seePayAlert: 'POST /api/admin/pay/alerts/{id}/see',
  resolvePayAlert: 'POST /api/admin/pay/alerts/{id}/resolve',
  listPayApprovals: 'GET /api/admin/pay/approvals',
  confirmPayApproval: 'POST /api/admin/pay/approvals/{id}/confirm',
  refusePayApproval: 'POST /api/admin/pay/approvals/{id}/refuse',
  listCheckinUploads: 'GET /api/admin/checkin-uploads',
  previewCheckinUpload: 'POST /api/admin/checkin-uploads',
  applyCheckinUpload: 'POST /api/admin/checkin-uploads/{id}/apply',
  undoCheckinUpload: 'POST /api/admin/checkin-uploads/{id}/undo',
  listPayCloses: 'GET /api/admin/pay/closes',
  listPayCloseAccounts: 'GET /api/admin/pay/close-accounts',
  getPayClose: 'GET /api/admin/pay/closes/{day}',
  closePayDay: 'POST /api/admin/pay/closes/{day}',
  listCourses: 'GET /api/admin/course/courses',
  createCourse: 'POST /api/admin/course/courses',
  updateCourse: 'PUT /api/admin/course/courses/{id}',
  listEnrolments: 'GET /api/admin/course/enrolments',
  createEnrolment: 'POST /api/admin/course/enrolments',
  listAppointments: 'GET /api/admin/course/appointments',
  createAppointment: 'POST /api/admin/course/appointments',
  getCourseBooking: 'GET /api/admin/course/bookings/{id}',
  refundCourseBooking: 'POST /api/admin/course/bookings/{id}/refund',
  cancelCourseBooking: 'POST /api/admin/course/bookings/{id}/cancel',
  listCourseMethods: 'GET /api/admin/course/methods',
  updateCourseMethod: 'PUT /api/admin/course/methods/{id}',
  listCourseRefunds: 'GET /api/admin/course/refunds',
  retryCourseRefund: 'POST /api/admin/course/refunds/{id}/retry',
  listPayEntries: 'GET /api/admin/pay/entries',
  proposePayEntry: 'POST /api/admin/pay/entries',
  confirmPayEntry: 'POST /api/admin/pay/entries/{id}/confirm',
  refusePayEntry: 'POST /api/admin/pay/entries/{id}/refuse',
  reversePayEntry: 'POST /api/admin/pay/entries/{id}/reverse',
  listGymMembers: 'GET /api/admin/gym/members',
  createGymMember: 'POST /api/admin/gym/members',
  getGymMember: 'GET /api/admin/gym/members/{id}',
  listGymOffers: 'GET /api/admin/gym/offers',
  createGymOffer: 'POST /api/admin/gym/offers',
  updateGymOffer: 'PUT /api/admin/gym/offers/{id}',
  listGymPayments: 'GET /api/admin/gym/payments',
  refundGymPayment: 'POST /api/admin/gym/payments/{id}/refund',
  retryGymRefund: 'POST /api/admin/gym/payments/{id}/refund/retry',
  listJobs: 'GET /api/admin/jobs',
  retryJobs: 'POST /api/admin/jobs/retry',
  dropJobs: 'POST /api/admin/jobs/drop',
  listPayLines: 'GET /api/admin/pay/lines',
  listPayOrders: 'GET /api/admin/pay/orders',
  getPayOrder: 'GET /api/admin/pay/orders/{orderNo}',
  listPayRefunds: 'GET /api/admin/pay/refunds',
  retryPayRefunds: 'POST /api/admin/pay/refunds/retry',
  goOnWithRefunds: 'POST /api/admin/pay/refunds/go-on',
  redirectPayRefund: 'POST /api/admin/pay/refunds/{id}/redirect',
  retryPayRefund: 'POST /api/admin/pay/refunds/{id}/retry',
  proposeOutsideRefund: 'POST /api/admin/pay/refunds/{id}/outside',
  withdrawOutsideRefund: 'DELETE /api/admin/pay/refunds/{id}/outside',
  confirmOutsideRefund: 'POST /api/admin/pay/refunds/{id}/outside/confirm',
  listPaySuspense: 'GET /api/admin/pay/suspense',
  assignPaySuspense: 'POST /api/admin/pay/suspense/{id}/assign',
  refundPaySuspense: 'POST /api/admin/pay/suspense/{id}/refund',
  listPayBalances: 'GET /api/admin/pay/balances',
  listPayBills: 'GET /api/admin/pay/bills',
  getPayBillMonth: 'GET /api/admin/pay/bill-month',
  getPayBill: 'GET /api/admin/pay/bills/{gateway}/{day}',
  listPayBillRows: 'GET /api/admin/pay/bills/{gateway}/{day}/rows',
  fetchPayBill: 'POST /api/admin/pay/bills/{gateway}/{day}/fetch',
  listPayDifferences: 'GET /api/admin/pay/differences',
  getPayDifference: 'GET /api/admin/pay/differences/{id}',
  getPayDifferenceStory: 'GET /api/admin/pay/differences/{id}/story',
  takePayDifference: 'POST /api/admin/pay/differences/{id}/take',
  resolvePayDifference: 'POST /api/admin/pay/differences/{id}/resolve',
  listPayStops: 'GET /api/admin/pay/stops',
  stopPayouts: 'POST /api/admin/pay/stops',
  releasePayStop: 'POST /api/admin/pay/stops/{id}/release',
  listTaskItems: 'GET /api/admin/task/tasks',
  getTaskItem: 'GET /api/admin/task/tasks/{id}',
  reviewTaskItem: 'POST /api/admin/task/tasks/{id}/review',
  listTaskSettlements: 'GET /api/admin/task/settlements',
  retryTaskTransfer: 'POST /api/admin/task/transfers/{id}/retry',
  listTaskRefunds: 'GET /api/admin/task/refunds',
  retryTaskRefund: 'POST /api/admin/task/refunds/{id}/retry',
  listWorkOrderServiceTypes: 'GET /api/admin/work-order/service-types',
  createWorkOrderServiceType: 'POST /api/admin/work-order/service-types',
  updateWorkOrderServiceType: 'PUT /api/admin/work-order/service-types/{id}',
  listWorkOrders: 'GET /api/admin/work-order/orders',
  createWorkOrder: 'POST /api/admin/work-order/orders',
  getWorkOrder: 'GET /api/admin/work-order/orders/{id}',
  acceptWorkOrder: 'POST /api/admin/work-order/orders/{id}/accept',
  priceWorkOrder: 'PUT /api/admin/work-order/orders/{id}/final-amount',
  completeWorkOrder: 'POST /api/admin/work-order/orders/{id}/complete',
  closeWorkOrder: 'POST /api/admin/work-order/orders/{id}/close',
  listWorkOrderRefunds: 'GET /api/admin/work-order/refunds',
  decideWorkOrderRefund: 'PUT /api/admin/work-order/refunds/{id}',
  listPayWork: 'GET /api/admin/pay/work',
  takePayWork: 'POST /api/admin/pay/work/take',
  finishPayNotification: 'POST /api/admin/pay/work/notifications/{id}/finish',
} as const satisfies Record<keyof ConsoleOperations, string>;
