import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { exchange, type Ask } from './client.ts';

export const GYM_PRICE = 199;
const DEPOSIT = 99;
const DAYS = 3;
const GYM_MEMBERS = 2;

export interface SimulatedCamp {
  id: number;
  depositFen: number;
  endDate: string;
  /** Its dates but the last, on which it is over. */
  days: string[];
  checkinId: string;
}

/** What is there before the story begins. */
export interface Prepared {
  /** Tokens of two operators. */
  operators: string[];
  camp: SimulatedCamp;
  gymMembers: number[];
  serviceType: number;
}

interface Ground {
  origins(): string[];
  control(path: string, body?: object): Promise<unknown>;
  now(): Promise<Date>;
}

/** Lays the ground while nothing is broken yet. @throws Error when anything is refused */
export async function prepare(world: Ground): Promise<Prepared> {
  const [origin = ''] = world.origins();
  const ask = async <Data>(request: Ask): Promise<Data> => {
    const answer = await exchange<Data>(origin, request);
    if (answer?.status !== 200)
      throw new Error(`${request.path}: ${answer?.status ?? 'no answer'} ${JSON.stringify(answer?.data)}`);
    return answer.data;
  };
  const logIn = async (username: string, password: string): Promise<string> => {
    const body = { username, password };
    return (await ask<Camp.LoginResult>({ method: 'POST', path: '/api/admin/auth/login', body })).token;
  };
  const token = await logIn('admin', 'admin123');
  const make = <Data>(path: string, body: object): Promise<Data> =>
    ask<Data>({ method: 'POST', path, token, body });
  await make('/api/admin/users', {
    username: 'second',
    password: 'second operator',
    realName: '二号',
    role: 'admin',
  });
  const second = await logIn('second', 'second operator');
  const passwords = { oldPassword: 'second operator', newPassword: 'second operator’s own' };
  await ask({ method: 'PUT', path: '/api/admin/auth/password', token: second, body: passwords });
  const camp = await openCamp(make, await world.now());
  // Its check-ins exist before anybody checks in.
  await world.control('/planet/checkins', { checkinId: camp.checkinId, title: '早起打卡' });
  for (const type of ['course', 'private'] as const)
    await make('/api/admin/gym/offers', {
      type,
      name: `${type} lessons`,
      amount: GYM_PRICE,
      quantity: type === 'course' ? 10 : 3,
    });
  const gymMembers: number[] = [];
  for (let who = 1; who <= GYM_MEMBERS; who += 1) {
    const member = await make<Console.GymMember>('/api/admin/gym/members', {
      userId: `member-${who}`,
      name: `会员 ${who}`,
    });
    gymMembers.push(member.id);
  }
  const service = await make<Console.WorkOrderServiceType>('/api/admin/work-order/service-types', {
    name: '更换插座',
    prepayAmount: 19.9,
    note: '含上门费',
  });
  return { operators: [token, second], camp, gymMembers, serviceType: service.id };
}

async function openCamp(
  make: <Data>(path: string, body: object) => Promise<Data>,
  now: Date,
): Promise<SimulatedCamp> {
  const today = new Date(now.getTime() + 8 * 3_600_000);
  const day = (later: number): string =>
    new Date(today.getTime() + later * 86_400_000).toISOString().slice(0, 10);
  const checkinId = '15555411415555';
  const { id } = await make<Camp.CreatedCamp>('/api/admin/camps', {
    name: '早起打卡训练营',
    posterUrl: 'https://cdn.example.com/p.jpg',
    deposit: DEPOSIT,
    startDate: day(1),
    endDate: day(1 + DAYS),
    requiredDays: 1,
    groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
    planetProjectId: checkinId,
  });
  await make(`/api/admin/camps/${id}/publish`, {});
  return {
    id,
    depositFen: DEPOSIT * 100,
    endDate: day(1 + DAYS),
    days: Array.from({ length: DAYS }, (_, index) => day(1 + index)),
    checkinId,
  };
}
