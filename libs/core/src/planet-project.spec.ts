import { namedProject } from './planet-project.js';

it.each([
  ['2424424000', '2424424000', null],
  [' 2424 424000 ', '2424424000', null],
  ['２４２４４２４０００', '2424424000', null],
  ['https://wx.zsxq.com/group/15555411412112/checkin/2424424000', '2424424000', '15555411412112'],
  ['wx.zsxq.com/group/15555411412112/checkin/2424424000?from=share#top', '2424424000', '15555411412112'],
  ['https://wx.zsxq.com/dweb2/index/checkin/2424424000', '2424424000', null],
  ['打卡：https://wx.zsxq.com/mweb/x?group_id=155&checkin_id=88455815452182001', '88455815452182001', '155'],
  ['https://api.zsxq.com/v2/groups/155/checkins/42/topics', '42', '155'],
])('the project that %j names is understood', (pasted, projectId, groupId) => {
  expect(namedProject(pasted)).toEqual({ projectId, groupId });
});

it.each([
  '',
  '21天早起',
  'https://t.zsxq.com/Ab3dE',
  'https://example.com/group/1/checkin/2',
  'https://zsxq.com.example.com/checkin/2',
  'https://wx.zsxq.com/group/15555411412112',
  'https://wx.zsxq.com/checkin/123456789012345678901',
  `https://wx.zsxq.com/checkin/1${' '.repeat(3000)}`,
])('%j names no project', (pasted) => {
  expect(namedProject(pasted)).toBeNull();
});
