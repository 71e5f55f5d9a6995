import type { ExecutionContext } from '@nestjs/common';
import { OperatorGuard } from '../src/system/operator.guard.js';
import { EveryOperator, Permission } from '../src/system/operator.js';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => (api = await TestApi.start()));
afterAll(() => api.stop());

/** What the guard says to an admin who asks for a route that is decorated so. */
async function asks(onRoute: MethodDecorator[], onController: ClassDecorator[] = []): Promise<unknown> {
  class Routes {
    route(): void {}
  }
  const route = Object.getOwnPropertyDescriptor(Routes.prototype, 'route') ?? {};
  for (const decorate of onRoute) decorate(Routes.prototype, 'route', route);
  for (const decorate of onController) decorate(Routes);
  const token = await api.adminToken();
  const request = {
    headers: { authorization: `Bearer ${token}` },
    ip: '127.0.0.1',
    method: 'GET',
    routeOptions: { url: '/somewhere' },
  };
  const context = {
    switchToHttp: () => ({ getRequest: () => request }),
    getHandler: () => Routes.prototype.route,
    getClass: () => Routes,
  } as unknown as ExecutionContext;
  return api.app
    .get(OperatorGuard)
    .canActivate(context)
    .catch((error: unknown) => (error as { code: number }).code);
}

describe('a route that an operator asks for', () => {
  it('is open to nobody when neither it nor its controller says to whom', async () => {
    expect(await asks([])).toBe(403);
  });

  it('is open to those whom it names, or its controller, and what it says itself counts', async () => {
    expect(await asks([Permission('camp:read')])).toBe(true);
    expect(await asks([], [EveryOperator()])).toBe(true);
    expect(await asks([Permission('nothing:read')], [EveryOperator()])).toBe(403);
  });
});
