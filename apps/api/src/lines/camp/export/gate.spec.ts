import { setTimeout as sleep } from 'node:timers/promises';
import { Gate } from './gate.js';

describe('a gate', () => {
  it('lets so many in, and the next when one leaves, in their order', async () => {
    const gate = new Gate(2, 5000);
    const order: string[] = [];
    const [first] = [await gate.enter(), await gate.enter()];
    const third = gate.enter().then((leave) => (order.push('third'), leave));
    const fourth = gate.enter().then((leave) => (order.push('fourth'), leave));
    await sleep(10);
    expect(order).toEqual([]);
    first();
    first();
    await sleep(10);
    expect(order).toEqual(['third']);
    (await third)();
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
  });

  it('turns away (503) whoever waited in vain, and keeps no place for them', async () => {
    const gate = new Gate(1, 20);
    const leave = await gate.enter();
    await expect(gate.enter()).rejects.toMatchObject({ code: 503 });
    leave();
    (await gate.enter())();
    (await gate.enter())();
  });
});
