import type { Gym } from '@yajin/contract/gym';
import { Actor } from '../actor.ts';
import type { GymStory } from '../stories.ts';
import { GYM_PRICE } from '../prepare.ts';
import type { World } from '../world.ts';

/** A gym member opens one provider's address after the other, and pays at whichever they like. */
export async function gymMember(world: World, story: GymStory): Promise<void> {
  const me = new Actor(world, `gym-${story.who}`);
  const token = world.hostToken('gym', `member-${story.who}`);
  const memberId = world.gymMembers[story.who - 1] ?? 0;
  const payments = await me.press<Gym.Payment>(
    {
      method: 'POST',
      path: '/api/v1/payments/',
      token,
      body: { member_id: memberId, amount: GYM_PRICE, type: story.type },
    },
    story.clicks,
  );
  const ids = [...new Set(payments.map(({ id }) => id))];
  const addresses: string[] = [];
  for (const id of ids) {
    for (const provider of story.providers) {
      const path = `/api/v1/payments/${id}/pay?provider=${provider}`;
      const { data } = await me.ask<Gym.PayAddress>({ method: 'GET', path, token });
      if (data?.pay_url && story.opensLate) addresses.push(data.pay_url);
      else if (data?.pay_url) await me.visit(data.pay_url);
    }
  }
  for (const address of addresses) await me.visit(address);
  for (const id of ids) {
    const [row] = await world.find<{ order_id: number }>('SELECT order_id FROM gym_payment WHERE id = $1', [
      id,
    ]);
    if (row) await me.pay(row.order_id, story.tab, story.when, 'oGymSimulation');
  }
  await me.ask({ method: 'GET', path: '/api/v1/payments/', token });
}
