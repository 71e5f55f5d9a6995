import { useQueryClient } from '@tanstack/react-query';
import { ApiError, type Camp } from '@yajin/web';
import { isolated } from '@yajin/core';
import { Button } from 'antd-mobile';
import { useEffect, useState, type ReactNode } from 'react';
import { useSubmit } from '@yajin/ui';
import { clientWith, useOrderQuery } from '../kit/api.js';
import type { KnownOrder } from '../kit/orders.js';
import { Card } from '../kit/page.js';
import { IdentityFields, problemsIn, useIdentity } from './identity.js';
import { Refusal, Told } from './told.js';

interface PlanetIdProps {
  progress: Camp.MemberProgress;
  order: KnownOrder;
}

/** Before the camp begins: what zsxq says of the planet id that a member typed, and the way to put it right. */
export function PlanetIdCard({ progress, order }: PlanetIdProps): ReactNode {
  const [open, setOpen] = useState(false);
  if (!progress.planetIdCorrectable) return null;
  return (
    <Card title="核对星球 ID">
      <p>
        你填写的星球 ID 是 <b>{progress.planetUserId}</b>。
      </p>
      <Checked progress={progress} order={order} />
      {open ? (
        <CorrectForm progress={progress} order={order} done={() => setOpen(false)} />
      ) : (
        <Button block fill="outline" color="primary" onClick={() => setOpen(true)}>
          填错了，改一下
        </Button>
      )}
      <Told className="hint" text="开营前可以自己改，最多改 3 次；开营后请联系助教。" />
    </Card>
  );
}

function Checked({ progress: { memberId, planetUserId }, order }: PlanetIdProps): ReactNode {
  const { data, isPending } = useOrderQuery(
    order,
    'checkPlanetId',
    { path: { memberId } },
    { staleTime: 60_000, refetchOnMount: false },
  );
  if (isPending)
    return (
      <p className="hint" role="status">
        正在向知识星球核对…
      </p>
    );
  // Of another id than the page shows, or not to be had: then nothing is said that may be wrong.
  if (!data || data.planetUserId !== planetUserId || data.known === null) return null;
  if (!data.known)
    return (
      <p className="note bad" role="alert">
        知识星球里没有这个 ID，打卡会记不到你名下，请改正。
      </p>
    );
  return data.nickname === null ? null : (
    <p className="note" role="status">
      这个 ID 在知识星球的昵称是「{isolated(data.nickname)}」。不是你的话，请改正。
    </p>
  );
}

function CorrectForm({ progress, order, done }: PlanetIdProps & { done: () => void }): ReactNode {
  const queries = useQueryClient();
  const identity = useIdentity(`correct.${order.orderNo}`, { planetNickname: progress.planetNickname });
  const [beside, setBeside] = useState(false);
  // The button that opened this has gone, and the focus with it.
  useEffect(() => document.querySelector<HTMLInputElement>('input[name="planetUserId"]')?.focus(), []);
  const { isPending, error, onSubmit } = useSubmit(async () => {
    const filledIn = identity.take();
    if (!filledIn) return;
    const { planetUserId, planetNickname } = filledIn;
    try {
      await clientWith(order.ticket).call('correctPlanetId', {
        path: { memberId: progress.memberId },
        body: { planetUserId, planetNickname },
      });
    } catch (failure) {
      const taken = failure instanceof ApiError && failure.code === 1001;
      const problems = taken
        ? { planetUserId: '你已经用这个星球 ID 报过名了，一个 ID 只能报一次。' }
        : problemsIn(failure);
      identity.blame(problems);
      setBeside(Object.keys(problems).length > 0);
      throw failure;
    }
    identity.sent();
    await Promise.all(
      (['getProgress', 'checkPlanetId', 'getGroupQrcode'] as const).map((name) =>
        queries.invalidateQueries({ queryKey: [name] }),
      ),
    );
    done();
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <IdentityFields identity={identity} />
      {error && !beside && <Refusal error={error} />}
      <Button block color="primary" type="submit" loading={isPending} loadingText="正在提交">
        改成这个 ID
      </Button>
    </form>
  );
}
