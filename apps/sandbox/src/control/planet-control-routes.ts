import type { FastifyInstance } from 'fastify';
import {
  addPosts,
  join,
  POST_KINDS,
  saveCheckin,
  type CheckinChange,
  type NewPost,
} from '../planet/planet-store.js';
import type { World } from '../world.js';
import {
  choiceField,
  idField,
  instantField,
  integerField,
  listField,
  optionalTextField,
  textField,
} from './body.js';
import type { ControlBody } from './body.js';

/** What the members of the zsxq group do. */
export function planetControlRoutes(app: FastifyInstance, world: World): void {
  app.post<ControlBody>('/planet/posts', (request) => {
    const checkinId = idField(request.body, 'checkinId');
    const posts = listField(request.body, 'posts').map(readPost);
    const topicIds = addPosts(world, checkinId, posts);
    world.log(`${topicIds.length} posts for check-in ${checkinId}`);
    return { created: topicIds.length, topicIds };
  });

  app.post<ControlBody>('/planet/users', (request) => {
    const checkinId = idField(request.body, 'checkinId');
    const people = listField(request.body, 'users').map((user) => ({
      user_id: idField(user, 'userId'),
      name: textField(user, 'name'),
      alias: optionalTextField(user, 'alias') ?? '',
    }));
    world.store.transaction(() => {
      saveCheckin(world, checkinId);
      people.forEach((person) => join(world, checkinId, person));
    });
    return { joined: people.length };
  });

  app.post<ControlBody>('/planet/checkins', (request) => {
    const { body } = request;
    const change: CheckinChange = {
      ...(body['groupId'] !== undefined && { group_id: idField(body, 'groupId') }),
      ...(body['title'] !== undefined && { title: textField(body, 'title') }),
      ...(body['days'] !== undefined && { days: integerField(body, 'days', 1) }),
      ...(body['expiresAt'] !== undefined && { expires_at: instantField(body, 'expiresAt') }),
      ...(body['closed'] !== undefined && { status: body['closed'] === true ? ('closed' as const) : null }),
    };
    const row = saveCheckin(world, idField(body, 'checkinId'), change);
    return { checkinId: row.checkin_id, groupId: row.group_id, title: row.title, days: row.days };
  });

  app.post<ControlBody>('/planet/cookie', (request) => {
    const state = choiceField(request.body, 'state', ['valid', 'expired', 'throttled']);
    const cookie = optionalTextField(request.body, 'cookie');
    if (cookie) world.identify({ planetCookie: cookie });
    world.prefer({ planetCookieState: state });
    world.log(`zsxq cookie is ${state}`);
    return { state };
  });
}

function readPost(post: Record<string, unknown>): NewPost {
  return {
    userId: idField(post, 'userId'),
    name: typeof post['name'] === 'string' ? post['name'] : textField(post, 'name'),
    alias: optionalTextField(post, 'alias') ?? '',
    text: optionalTextField(post, 'text') ?? '今日打卡',
    kind: post['kind'] === undefined ? 'talk' : choiceField(post, 'kind', POST_KINDS),
    createdAt: instantField(post, 'createTime'),
  };
}
