import { businessDate } from '@yajin/core';
import type { World } from '../world.js';
import { idNumber, planetTime } from './planet-format.js';
import {
  checkinStatus,
  countMembers,
  countOn,
  type Checkin,
  type Person,
  type Post,
  type RankedPerson,
} from './planet-store.js';

const GROUP_NAME = '押金沙箱星球';
const IMAGES = 'https://images.example.com';

/** A check-in project as it is listed and shown. */
export function checkinBody(world: World, checkin: Checkin) {
  const { joined, completed } = countMembers(world, checkin);
  const today = countOn(world, checkin.checkin_id, businessDate(world.clock.now()));
  return {
    checkin_id: idNumber(checkin.checkin_id),
    group: {
      group_id: idNumber(checkin.group_id),
      name: GROUP_NAME,
      background_url: `${IMAGES}/background.png`,
    },
    owner: {
      user_id: idNumber('100000000000001'),
      name: '星主',
      avatar_url: avatar('100000000000001'),
      description: '沙箱星球的星主',
    },
    title: checkin.title,
    text: checkin.title,
    checkin_days: checkin.days,
    validity: { long_period: false, expiration_time: planetTime(checkin.expires_at) },
    show_topics_on_timeline: false,
    create_time: planetTime(checkin.created_at),
    status: checkinStatus(world, checkin),
    type: 'accumulated',
    joined_count: joined,
    statistics: { joined_count: joined, completed_count: completed, today_checkined_count: today },
    joined_users: [],
    user_specific: { joined: false },
    min_words_count: 30,
  };
}

/** A row of the list of topics: mostly a post. */
export function topicRow(checkin: Checkin, post: Post, blank: boolean): object | null {
  switch (post.kind) {
    case 'null':
      return null;
    case 'talk':
    case 'pictures':
    case 'file':
    case 'utcTime':
      return topic(checkin, post, { talk: talk(post, blank) });
    case 'noTime': {
      const { create_time: _time, ...rest } = topic(checkin, post, { talk: talk(post, blank) });
      return rest;
    }
    case 'deleted':
      return topic(checkin, post, {});
    case 'anonymous':
      return topic(checkin, post, { talk: { text: post.text } });
    case 'question':
      return topic(checkin, post, {
        type: 'q&a',
        question: {
          owner: owner(post, blank),
          questionee: { name: '星主' },
          text: post.text,
          anonymous: false,
        },
        answered: false,
      });
    case 'task':
      return topic(checkin, post, { type: 'task', task: { owner: owner(post, blank), text: post.text } });
  }
}

function topic(checkin: Checkin, post: Post, content: object) {
  const time = new Date(post.created_at);
  return {
    topic_id: idNumber(post.topic_id),
    topic_uid: post.topic_id,
    group: {
      group_id: idNumber(checkin.group_id),
      name: GROUP_NAME,
      type: 'pay',
      background_url: `${IMAGES}/background.png`,
    },
    type: 'talk',
    ...content,
    likes_count: 0,
    tourist_likes_count: 0,
    rewards_count: 0,
    comments_count: 0,
    reading_count: 1,
    readers_count: 1,
    digested: false,
    sticky: false,
    create_time: post.kind === 'utcTime' ? time.toISOString() : planetTime(post.created_at),
    user_specific: { liked: false, liked_emojis: [], subscribed: false },
    checkin: { title: checkin.title, checkin_id: idNumber(checkin.checkin_id), min_words_count: 30 },
  };
}

function talk(post: Post, blank: boolean): object {
  const by = owner(post, blank);
  switch (post.kind) {
    case 'pictures': {
      const sized = { url: `${IMAGES}/${post.topic_id}.png`, width: 1080, height: 1440 };
      const image = { image_id: idNumber(post.topic_id), type: 'png', thumbnail: sized, large: sized };
      return { owner: by, images: [{ ...image, original: { ...sized, size: 182_400 } }] };
    }
    case 'file':
      return {
        owner: by,
        files: [
          {
            file_id: idNumber(post.topic_id),
            name: '作业.pdf',
            hash: 'Fq0000000000000000000000000',
            size: 40_960,
            duration: 0,
            download_count: 0,
            create_time: planetTime(post.created_at),
          },
        ],
      };
    default:
      return { owner: by, text: post.text };
  }
}

/** An author; unlike in a ranking, no alias is left out. */
function owner(person: Person, blank: boolean): object {
  const { alias, ...rest } = personBody(person, blank);
  return { ...rest, ...(alias !== '' && { alias }), location: '上海' };
}

/** One of a ranking. */
export function rankedBody(row: RankedPerson, blank: boolean) {
  return { user: personBody(row, blank), rankings: row.rankings, checkined_days: row.days };
}

export function personBody(person: Person, blank: boolean) {
  const name = blank ? '' : person.name;
  const alias = blank ? person.alias || person.name : person.alias;
  return { user_id: idNumber(person.user_id), name, alias, avatar_url: avatar(person.user_id) };
}

function avatar(userId: string): string {
  return `${IMAGES}/avatar/${userId}.png`;
}
