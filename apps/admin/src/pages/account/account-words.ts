import { words } from '../../kit/text.js';

export const accountWords = words(
  {
    title: '我的账号',
    about: '登录的第二道验证，以及登录中的设备。不认识的登录请立即退出，并修改密码。',
    sessions: '登录中的设备',
    current: '当前',
    unknown: '未知设备',
    began: '登录',
    seen: '最近使用',
    end: '退出',
    endOthers: '退出其他全部',
    endOthersTitle: '退出其他全部登录？',
    endOthersBody: '其他设备上正在填写的内容不会保存。当前登录不受影响。',
    ended: '已退出',
    nothingElse: '没有其他登录',
    cancel: '取消',
  },
  {
    title: 'My account',
    about:
      'Your second factor, and where you are logged in. End any login that you do not know at once, and change your password.',
    sessions: 'Where you are logged in',
    current: 'This one',
    unknown: 'Unknown device',
    began: 'Logged in',
    seen: 'Last used',
    end: 'Log out',
    endOthers: 'Log out all others',
    endOthersTitle: 'Log out everywhere else?',
    endOthersBody: 'What is being typed there is not saved. This login goes on.',
    ended: 'Logged out',
    nothingElse: 'No other login',
    cancel: 'Cancel',
  },
);
