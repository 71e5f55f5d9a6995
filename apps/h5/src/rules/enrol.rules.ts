import { tidyNumber } from '@yajin/core';

export interface Enrolment {
  planetUserId: string;
  planetNickname: string;
  wechatNickname: string;
}

export type Problems = Partial<Record<keyof Enrolment, string>>;

/** What is wrong with which field, in words that help. */
export function problemsOf({ planetUserId, planetNickname }: Enrolment): Problems {
  const id = tidyNumber(planetUserId);
  return {
    ...(id === ''
      ? { planetUserId: '请填写星球 ID，不知道在哪里的话看看下面的说明' }
      : /^\d{5,20}$/.test(id)
        ? {}
        : { planetUserId: '星球 ID 是一串数字，请对照星球里的个人主页再看看' }),
    ...(planetNickname.trim() === '' ? { planetNickname: '请填写你在星球里的昵称' } : {}),
  };
}
