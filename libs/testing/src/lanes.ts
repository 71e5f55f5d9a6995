import type { Camp } from '@yajin/contract';
import { checkIns, member, person, publishedCamp, unique, type MadeCamp } from './factories.js';
import { browser, memberFrom, signatureOf } from './identity.js';
import { finish, match, pendingOf, poster, refOf, scanner, sync } from './matching.js';
import type { TestApi } from './api.js';

/**
 * A camp that is over, whose list has refunds of every lane: by a personal link and matched by hand (ready); typed, and typed with
 * another name than the planet's (check); found by the smart match, not surely (low).
 */
export async function campOfAllLanes(api: TestApi): Promise<{ camp: MadeCamp; list: Camp.PendingRefund[] }> {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
  const signed = person();
  await memberFrom(api, camp, signed, browser(), await signatureOf(api, camp, signed));
  await checkIns(api, camp, signed, 2);
  for (const name of [null, '别的名字']) {
    const typed = person();
    await member(api, camp, typed);
    await checkIns(api, camp, { ...typed, nickname: name ?? typed.nickname }, 3);
  }
  const n = unique();
  await scanner(api, camp, { planetNickname: `晚风吹过稻田${n}` });
  await poster(api, camp, `晚风吹过田野里${n}`, 2);
  const byHand = await scanner(api, camp);
  const found = await poster(api, camp, `远山${unique()}`, 3);
  await api.moveClock(`${camp.start}T12:00:00`);
  await sync(api, camp);
  const answer = await match(api, byHand, await refOf(api, found));
  if (answer.code !== 200) throw new Error(`match: ${answer.code} ${answer.message}`);
  await finish(api, camp);
  return { camp, list: await pendingOf(api, camp) };
}
