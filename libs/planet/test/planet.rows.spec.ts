import { readTopic } from '../src/planet.rows.js';
import { readableText } from '../src/planet.text.js';

const row = {
  topic_id: 45811854885441458,
  type: 'talk',
  create_time: '2026-11-21T08:00:00.000+0800',
  talk: { owner: { user_id: 88455815452182, name: '晨读者' }, text: '打卡' },
};

describe('a row of the list', () => {
  it.each([
    ['of a talk', row],
    ['of a talk whose time is written with Z', { ...row, create_time: '2026-11-21T00:00:00.000Z' }],
    ['of pictures without a word', { ...row, talk: { owner: row.talk.owner, images: [{}] } }],
    ['of a file without a word', { ...row, talk: { owner: row.talk.owner, files: [{}], text: null } }],
  ])('%s is a check-in', (_name, value) => {
    expect(readTopic(value)).toMatchObject({
      odd: null,
      post: { userId: '88455815452182', name: '晨读者', createdAt: new Date('2026-11-21T00:00:00Z') },
    });
  });

  it.each([
    ['null', null, 'not_a_row'],
    ['a word', 'topic', 'not_a_row'],
    ['without an id', { ...row, topic_id: undefined }, 'no_id'],
    ['without a time', { ...row, create_time: '' }, 'no_time'],
    ['of a question', { ...row, type: 'q&a', talk: undefined, question: {} }, 'other_kind'],
    ['of an exercise', { ...row, type: 'task', talk: undefined }, 'other_kind'],
    ['of a deleted post', { ...row, talk: undefined }, 'no_talk'],
    ['of a deleted post, as null', { ...row, talk: null }, 'no_talk'],
    ['of nobody', { ...row, talk: { text: '打卡' } }, 'no_author'],
    ['of an anonymous author', { ...row, talk: { owner: { name: '匿名用户' }, text: '' } }, 'no_author'],
    ['of author 0', { ...row, talk: { owner: { user_id: 0, name: '' } } }, 'no_author'],
  ])('%s is left out, and it says why', (_name, value, odd) => {
    expect(readTopic(value)).toMatchObject({ post: null, odd });
  });

  it('of somebody with a blank name is by the alias', () => {
    const talk = { owner: { user_id: 1, name: '      ', alias: '小林' }, text: '' };
    expect(readTopic({ ...row, talk }).post).toMatchObject({ name: '小林', alias: '小林' });
  });
});

describe('the markup of zsxq becomes plain words', () => {
  it.each([
    ['<e type="hashtag" hid="28511" title="%23%E6%97%A9%E8%B5%B7%23" /> 第三天', '#早起# 第三天'],
    ['谢谢 <e type="mention" uid="88455" title="%40%E5%B0%8F%E6%9E%97" />！', '谢谢 @小林！'],
    ['谢谢 <e type="mention" uid="88455" title="@小林" />', '谢谢 @小林'],
    [
      '见 <e type="web" href="https%3A%2F%2Fexample.com%2Fa%3Fb%3D1" title="%E7%AC%94%E8%AE%B0" cache="" />',
      '见 笔记（https://example.com/a?b=1）',
    ],
    ['<e type="web" href="https%3A%2F%2Fexample.com" />', 'https://example.com'],
    ['<e type="text_bold" title="%E9%87%8D%E7%82%B9" />：坚持', '重点：坚持'],
    ['<e type="hashtag" hid="1" title="%23%E6%97%A9%23">#早#</e> 好', '#早# 好'],
    ['做了 <e type="text_bold" title="100%" />', '做了 100%'],
    ['1 < 2 且 3 > 2，<b>不是</b>标记', '1 < 2 且 3 > 2，<b>不是</b>标记'],
    ['<e type="new_kind" id="7" />照旧', '照旧'],
  ])('%s', (marked, plain) => {
    expect(readableText(marked)).toBe(plain);
  });
});
