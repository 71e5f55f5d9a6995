import { tidyNumber } from './text.js';

/** A check-in project as somebody names it. Ids are digits. */
export interface NamedProject {
  projectId: string;
  /** Null where only the project was named: then the planet of the settings. */
  groupId: string | null;
}

/** More is no address that a browser shows. */
const MOST = 2000;
/** What zsxq calls a project, a planet or a person by. */
export const PLANET_ID = /^\d{1,20}$/;
/**
 * `…/groups/15555411412112/checkins/2424424000` are the paths of zsxq's API, and its app's names of the fields are `group_id` and
 * `checkin_id` (traffic in docs/zsxq.md); `wx.zsxq.com/group/15555411412112` is a planet's page (github.com/hoolme/zsxq-publish, README; with
 * `/dweb2/index` before it: RSSHub, `lib/routes/zsxq/group.ts`). We know no published address of a project's page, so what such
 * names may stand in is taken; the title that zsxq says is shown before it counts.
 */
const PROJECT = /(?:\/checkins?\/|[?&]checkin_?id=)(\d{1,20})(?!\d)/i;
const GROUP = /(?:\/groups?\/|[?&]group_?id=)(\d{1,20})(?!\d)/i;

/**
 * Reads what an operator pastes for a check-in project of zsxq: its id, or the address of its page.
 * @returns null for what names none, a short link (t.zsxq.com) among others: nobody but zsxq knows where it leads
 */
export function namedProject(pasted: string): NamedProject | null {
  if (pasted.length > MOST) return null;
  const id = tidyNumber(pasted);
  if (PLANET_ID.test(id)) return { projectId: id, groupId: null };
  const address = /(?:^|[\s/.])zsxq\.com(\/\S*)/i.exec(pasted)?.[1];
  const projectId = address && PROJECT.exec(address)?.[1];
  return projectId ? { projectId, groupId: GROUP.exec(address)?.[1] ?? null } : null;
}
