import type { Camp } from '@yajin/web';
import { useWords, words } from '../../kit/text.js';

/** What the audit log records, as people say it; an action that is not here is shown as it is. */
export const actionWords = words<Record<string, string>>(
  {
    'auth.login': '登录',
    'auth.logout': '退出登录',
    'auth.password': '修改自己的密码',
    'user.create': '新建用户',
    'user.update': '修改用户',
    'config.update': '修改配置',
    'config.test': '检测配置',
    'upload.create': '上传图片',
    'camp.create': '新建训练营',
    'camp.update': '修改训练营',
    'camp.publish': '发布训练营',
    'camp.delete': '删除训练营',
    'camp.links': '生成专属链接',
    'checkin.sync': '同步一个训练营的打卡',
    'checkin.sync_all': '同步全部打卡',
    'member.match': '人工匹配',
    'member.unmatch': '解除匹配',
    'member.join_group': '标记进群',
    'member.export': '导出会员',
    'stats.export': '导出统计',
    'refund.approve': '通过退款',
    'refund.reject': '拒绝退款',
    'refund.batch_approve': '批量通过退款',
    'refund.retry': '重试退款',
    'unallocated.assign': '归属收款',
    'unallocated.refund': '退回未归属收款',
  },
  {
    'auth.login': 'Log in',
    'auth.logout': 'Log out',
    'auth.password': 'Change own password',
    'user.create': 'Create a user',
    'user.update': 'Change a user',
    'config.update': 'Change a setting',
    'config.test': 'Test a setting',
    'upload.create': 'Upload an image',
    'camp.create': 'Create a camp',
    'camp.update': 'Change a camp',
    'camp.publish': 'Publish a camp',
    'camp.delete': 'Delete a camp',
    'camp.links': 'Make personal links',
    'checkin.sync': 'Sync a camp',
    'checkin.sync_all': 'Sync every camp',
    'member.match': 'Match by hand',
    'member.unmatch': 'Undo a match',
    'member.join_group': 'Mark as in the group',
    'member.export': 'Export members',
    'stats.export': 'Export figures',
    'refund.approve': 'Approve a refund',
    'refund.reject': 'Reject a refund',
    'refund.batch_approve': 'Approve refunds together',
    'refund.retry': 'Retry a refund',
    'unallocated.assign': 'Assign money',
    'unallocated.refund': 'Send unallocated money back',
  },
);

export const logWords = words(
  {
    user: '操作人',
    action: '操作',
    at: '时间',
    target: '对象',
    changed: '涉及字段',
    ip: 'IP',
    system: '系统',
    none: '—',
  },
  {
    user: 'Operator',
    action: 'Action',
    at: 'Time',
    target: 'Subject',
    changed: 'Fields',
    ip: 'IP',
    system: 'System',
    none: '—',
  },
);

const targetWords = words<Record<string, string>>(
  {
    user: '用户',
    camp: '训练营',
    member: '会员',
    refund: '退款',
    config: '配置',
    upload: '图片',
    unallocated: '未归属收款',
  },
  {
    user: 'User',
    camp: 'Camp',
    member: 'Member',
    refund: 'Refund',
    config: 'Setting',
    upload: 'Image',
    unallocated: 'Unallocated payment',
  },
);

/** What a log is about, and which one. */
export function useTarget(): (log: Camp.AuditLog) => string {
  const names = useWords(targetWords);
  const { none } = useWords(logWords);
  return ({ targetType, targetId }) =>
    targetType === null ? none : `${names[targetType] ?? targetType} ${targetId ?? ''}`;
}
