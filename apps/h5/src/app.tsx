import { lazy, Suspense, use, useState, type ReactNode } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { ErrorBoundary } from '@yajin/ui';
import { Page } from './kit/page.js';
import type { Arrival } from './kit/sign-in.js';
import { Loading } from './kit/states.js';
import { Missing } from './pages/missing.js';

const Camps = lazy(() => import('./pages/camps.js'));
const CampPage = lazy(() => import('./pages/camp.js'));
const Enrol = lazy(() => import('./pages/enrol.js'));
const Pay = lazy(() => import('./pages/pay.js'));
const OrderPage = lazy(() => import('./pages/order.js'));
const Progress = lazy(() => import('./pages/progress.js'));
const MyData = lazy(() => import('./pages/my-data.js'));
const Mine = lazy(() => import('./pages/mine.js'));
const Preview = lazy(() => import('./pages/preview.js'));
const Privacy = lazy(() => import('./pages/privacy.js'));

/** Every page loads when it is first opened, once it is known whether WeChat has just brought somebody back. */
export function App({ arrival }: { arrival: Promise<Arrival> }): ReactNode {
  return (
    <ErrorBoundary fallback={() => <Broken />}>
      <BrowserRouter basename="/h5">
        <Suspense
          fallback={
            <Page title="请稍候">
              <Loading />
            </Page>
          }
        >
          <Arrived arrival={arrival} />
          <Routes>
            <Route index element={<Camps />} />
            <Route path="camps/:id" element={<CampPage />} />
            <Route path="enroll/:id" element={<Enrol />} />
            <Route path="pay/:orderNo" element={<Pay />} />
            <Route path="orders/:orderNo" element={<OrderPage />} />
            <Route path="progress/:memberId" element={<Progress />} />
            <Route path="my-data/:orderNo" element={<MyData />} />
            <Route path="mine" element={<Mine />} />
            <Route path="preview" element={<Preview />} />
            <Route path="privacy" element={<Privacy />} />
            <Route path="*" element={<Missing />} />
          </Routes>
        </Suspense>
      </BrowserRouter>
    </ErrorBoundary>
  );
}

/** How coming back from WeChat ended, unless it went well and needs no word. */
function Arrived({ arrival }: { arrival: Promise<Arrival> }): ReactNode {
  const ended = use(arrival);
  const [read, setRead] = useState(false);
  const words =
    ended.kind === 'failed'
      ? ended.message
      : ended.kind === 'known' && ended.orders === 0 && location.pathname.endsWith('/mine')
        ? '这个微信还没有付过款的报名。刚付完款的话，过一会儿再试一次。'
        : null;
  if (words === null || read) return null;
  return (
    <div className="note top-note" role="alert">
      {words}
      <button type="button" className="text-button" onClick={() => setRead(true)}>
        知道了
      </button>
    </div>
  );
}

/** In place of a page that broke, or could not be fetched. */
function Broken(): ReactNode {
  return (
    <div className="page">
      <main>
        <section className="result" role="alert">
          <h1>页面没能打开</h1>
          <p>可能是网络不稳定。你的报名和付款都在服务器上，不会丢失。</p>
          <button type="button" className="button" onClick={() => location.reload()}>
            重新打开
          </button>
        </section>
      </main>
    </div>
  );
}
