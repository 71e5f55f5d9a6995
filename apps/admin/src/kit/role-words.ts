import { words } from './text.js';

export const roleWords = words(
  { admin: '超级管理员', manager: '管理员', coach: '教练', volunteer: '志愿者', finance: '财务' },
  {
    admin: 'Administrator',
    manager: 'Manager',
    coach: 'Coach',
    volunteer: 'Volunteer',
    finance: 'Finance',
  },
);
