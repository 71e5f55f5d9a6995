import { useWords, words } from '../../kit/text.js';

/** What the fields in the log are called; one without a word here is shown as it was recorded. */
const fieldWords = words<Record<string, string>>(
  {
    name: '名称',
    description: '介绍',
    posterUrl: '海报',
    groupQrcodeUrl: '群二维码',
    deposit: '押金',
    startDate: '开始日期',
    endDate: '结束日期',
    requiredDays: '要求打卡天数',
    planetProjectId: '打卡项目 ID',
    planetGroupId: '星球 ID',
    rules: '打卡规则',
    coachIds: '教练',
    volunteerIds: '志愿者',
    status: '状态',
    planetUserId: '星球用户',
    planetUserIds: '星球用户',
    matchStatus: '匹配状态',
    matchMethod: '匹配方式',
    matchConfidence: '匹配置信度',
    joinedGroup: '进群',
    joinedAt: '进群时间',
    auditStatus: '审核状态',
    refundStatus: '退款状态',
    refundIds: '退款编号',
    refundId: '退款编号',
    minConfidence: '最低置信度',
    approved: '通过',
    skipped: '跳过',
    comment: '备注',
    reason: '原因',
    retryCount: '重试次数',
    campId: '训练营',
    camps: '训练营数',
    campCount: '训练营数',
    memberId: '会员',
    newCheckins: '新增打卡',
    taskId: '任务',
    format: '格式',
    type: '类型',
    value: '值',
    ok: '成功',
    username: '用户名',
    realName: '姓名',
    role: '角色',
    phone: '手机号',
    password: '密码',
    bytes: '大小',
    url: '网址',
  },
  {},
);

/** Names a field of a log entry. */
export function useFieldName(): (field: string) => string {
  const names = useWords(fieldWords);
  return (field) => names[field] ?? field;
}
