import { randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  member,
  payByCode,
  person,
  placedOrder,
  publishedCamp,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, type TestApi } from '@yajin/testing/api';

export const ROLES = ['admin', 'manager', 'coach', 'volunteer', 'finance'] as const;
export type Role = (typeof ROLES)[number];

/** One camp and what belongs to it. */
export interface CampWorld {
  camp: MadeCamp;
  members: number[];
  refunds: number[];
  orders: Camp.CreatedPayment[];
}

/** Two finished camps with everything in them; the coach and the volunteer belong to the first one only. */
export interface World {
  own: CampWorld;
  foreign: CampWorld;
  users: Record<Role, number>;
  unallocated: number[];
  task: string;
  /** A new login of a role, without paying for the password's hash. */
  token: (role: Role) => Promise<string>;
}

export async function makeWorld(api: TestApi): Promise<World> {
  const users = await makeUsers(api);
  const staff = { coachIds: [users.coach], volunteerIds: [users.volunteer] };
  const camps = [
    await publishedCamp(api, { days: 3, requiredDays: 1, ...staff }),
    await publishedCamp(api, { days: 3, requiredDays: 1 }),
  ];
  const orders: Camp.CreatedPayment[][] = [];
  for (const camp of camps) {
    const people = [person(), person(), person()];
    const paid: Camp.CreatedPayment[] = [];
    for (const who of people) paid.push(await member(api, camp, who));
    paid.push(await placedOrder(api, camp, person()));
    for (const who of people) await checkIns(api, camp, who, 2);
    orders.push(paid);
  }
  await payByCode(api, { id: 987_654_321 }, person());
  await api.moveClock(`${addDays(camps[0]!.start, 1)}T12:00:00`);
  const task = await api.admin<Camp.StartedSync>('POST', '/api/admin/checkins/sync');
  await api.quiet();
  await api.moveClock(`${camps[0]!.end}T03:00:10`);
  const unallocated = await eventually(async () => {
    const found = await idsOf(api, 'SELECT id FROM camp_unallocated');
    return found.length > 0 && found;
  }, 'the unallocated money');
  const worlds = await Promise.all(
    camps.map(async (camp, index) => ({
      camp,
      orders: orders[index]!,
      members: await idsOf(api, 'SELECT id FROM camp_member WHERE camp_id = $1', [camp.id]),
      refunds: await idsOf(api, 'SELECT id FROM camp_refund WHERE camp_id = $1', [camp.id]),
    })),
  );
  const token = (role: Role): Promise<string> => tokenOf(api, users[role]);
  return { own: worlds[0]!, foreign: worlds[1]!, users, unallocated, task: task.data.taskId, token };
}

async function idsOf(api: TestApi, sql: string, parameters: unknown[] = []): Promise<number[]> {
  return (await api.rows<{ id: number }>(`${sql} ORDER BY id`, parameters)).map(({ id }) => id);
}

async function makeUsers(api: TestApi): Promise<Record<Role, number>> {
  const made: Partial<Record<Role, number>> = { admin: (await idsOf(api, 'SELECT id FROM sys_user'))[0]! };
  for (const role of ROLES.slice(1)) {
    const body = { username: `the-${role}`, password: 'a long password', realName: role, role };
    const created = await api.admin<Camp.CreatedUser>('POST', '/api/admin/users', body);
    made[role] = created.data.id;
  }
  await api.rows('UPDATE sys_user SET must_change = false');
  return made as Record<Role, number>;
}

async function tokenOf(api: TestApi, userId: number): Promise<string> {
  const id = randomUUID();
  await api.rows(
    `INSERT INTO sys_session (id, user_id, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [id, userId],
  );
  return api.app.get(JwtService, { strict: false }).signAsync({ userId }, { jwtid: id, expiresIn: 86_400 });
}
