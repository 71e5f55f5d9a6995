import { businessDate, foldText, sentence, type Sentence } from '@yajin/core';
import { rows, type Database, type Row } from '@yajin/server';
import { isNobodysName } from '../member/nickname.rules.js';
import type { KnownCheckin } from './manual.source.js';
import type { UploadEntry } from './upload-lines.js';
import type { CampEntity } from '../camp/camp.entity.js';
import type { PlanetUser } from '../member/planet-user.entity.js';
import type { CampCheckin } from '../checkin/camp-checkin.entity.js';

export type EntryStatus = 'new' | 'duplicate' | 'outside' | 'unmatched';

export interface Judged {
  entry: UploadEntry;
  status: EntryStatus;
  /** Why it is not taken; null for a new one. */
  reason: Sentence | null;
  /** Whose check-in it is. */
  checkin: KnownCheckin | null;
}

type MemberRow = Row<PlanetUser, 'planetUserId' | 'name' | 'alias'> & { filled: string | null };

export type CampDays = Row<CampEntity, 'id' | 'startDate' | 'endDate'>;

/**
 * Tells for each line whose check-in it would be and whether it can be taken: only members who are matched, only days of the
 * camp that have come, and each day of a member once, whether zsxq told of it, an earlier file, or an earlier line of this one.
 */
export async function judge(
  db: Database,
  camp: CampDays,
  entries: UploadEntry[],
  now: Date,
): Promise<Judged[]> {
  const members = await rows<MemberRow>(
    db,
    `SELECT p.planet_user_id, p.name, p.alias, m.filled_planet_nickname AS filled
     FROM camp_member m JOIN planet_user p ON p.id = m.planet_user_ref WHERE m.camp_id = $1`,
    [camp.id],
  );
  const known = await rows<Row<PlanetUser, 'planetUserId'> & Row<CampCheckin, 'checkinDate'>>(
    db,
    `SELECT DISTINCT p.planet_user_id, k.checkin_date FROM camp_checkin k JOIN planet_user p ON p.id = k.planet_user_ref
     WHERE k.camp_id = $1`,
    [camp.id],
  );
  const taken = new Set(known.map((row) => `${row.planet_user_id} ${row.checkin_date}`));
  const find = finder(members);
  const today = businessDate(now);
  return entries.map((entry) => {
    const no = (status: EntryStatus, reason: Sentence): Judged => ({ entry, status, reason, checkin: null });
    const who = find(entry);
    if ('message' in who) return no('unmatched', who);
    if (entry.date < camp.start_date || entry.date >= camp.end_date)
      return no('outside', sentence('line_outside_camp'));
    if (entry.date > today) return no('outside', sentence('line_not_yet'));
    const day = `${who.planet_user_id} ${entry.date}`;
    if (taken.has(day)) return no('duplicate', sentence('line_known'));
    taken.add(day);
    const { planet_user_id: planetUserId, name, alias } = who;
    return { entry, status: 'new', reason: null, checkin: { planetUserId, name, alias, date: entry.date } };
  });
}

/** By planet id; by nickname where there is none. A nickname that two members have is nobody's. */
function finder(members: MemberRow[]): (entry: UploadEntry) => MemberRow | Sentence {
  const byId = new Map(members.map((member) => [member.planet_user_id, member]));
  const byName = new Map<string, MemberRow[]>();
  for (const member of members) {
    // What they typed themselves counts only while no sync has told their name.
    const names = member.name || member.alias ? [member.name, member.alias] : [member.filled ?? ''];
    for (const name of new Set(names.map(plain).filter(isSomebodysName)))
      byName.set(name, [...(byName.get(name) ?? []), member]);
  }
  return ({ planetUserId, nickname }) => {
    if (planetUserId !== null) return byId.get(planetUserId) ?? sentence('line_id_unknown');
    const found = byName.get(plain(nickname ?? '')) ?? [];
    if (found.length > 1) return sentence('line_name_ambiguous');
    return found[0] ?? sentence('line_name_unknown');
  };
}

function isSomebodysName(name: string): boolean {
  return name !== '' && !isNobodysName(name);
}

function plain(name: string): string {
  return foldText(name);
}
