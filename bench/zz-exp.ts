import pg from 'pg';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { built } from './built.ts';
const { settlePayment } = await built<any>('libs/payment/dist/settlement.js');
const url = fs.readFileSync('/tmp/exp.url','utf8').trim().split('\n')[0];
const conc = Number(process.argv[2] ?? 20); const N = Number(process.argv[3] ?? 1500);
const pool = new pg.Pool({ connectionString: url, max: conc });
async function prep(){
  const nos = Array.from({length:N},()=>randomUUID().replaceAll('-',''));
  await pool.query(`WITH wanted AS (
       SELECT no, ('x' || left(no, 13))::bit(52)::bigint AS id FROM unnest($1::text[]) AS no
     ), placed AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, expires_at, created_at)
       SELECT id, 'ord_' || no, 'camp', '1', 9900, '压测押金', now() + interval '1 day', now() FROM wanted
     )
       INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, token, token_at, amount_fen, query_at, created_at)
       SELECT no, id, 'wechat-v3', 'native', 'open', 'weixin://wxpay/' || no, now(), 9900, now() + interval '1 hour', now() FROM wanted`,[nos]);
  await pool.query('ANALYZE pay_order, pay_attempt, pay_notification, pay_ledger'); await pool.query('CHECKPOINT');
  return nos;
}
const variants: Record<string,(sql:string)=>string> = {
  addjob: s=>s,
  direct: s=>s.replaceAll(/SELECT graphile_worker.add_job\('line.event', json_build_object\('type', 'paid', 'orderId', p.order_id\)\)\s+FROM payment p WHERE p.held_in = 'deposit'\s+UNION ALL/g, `SELECT 1 FROM direct UNION ALL `).replace(/jobs AS \(/, `direct AS (INSERT INTO graphile_worker._private_jobs (task_id, payload) SELECT t.id, json_build_object('type', 'paid', 'orderId', p.order_id) FROM payment p, graphile_worker._private_tasks t WHERE t.identifier='line.event' RETURNING 1), jobs AS (`).replace(/SELECT graphile_worker.add_job\('payment.refund'/,"SELECT null::graphile_worker._private_jobs as x, graphile_worker.add_job('payment.refund'").replace("null::graphile_worker._private_jobs as x, graphile_worker.add_job('payment.refund', json_build_object('refundId', id), job_key := 'refund:' || id)","(graphile_worker.add_job('payment.refund', json_build_object('refundId', id), job_key := 'refund:' || id)).task_id").replace("SELECT graphile_worker.add_job('line.event', json_build_object('type', 'refund', 'refundId', id)) FROM surplus","SELECT (graphile_worker.add_job('line.event', json_build_object('type', 'refund', 'refundId', id))).task_id FROM surplus"),
};
async function run(name:string, sync:string, named=false){
  const nos = await prep();
  const db = { queryRunner: { isReleased:false, query: async (sql:string, p:unknown[])=>({records:(await pool.query({text:variants[name]!(sql), values:p as any[], ...(named&&{name})})).rows}) } };
  for (const c of await Promise.all(Array.from({length:conc},()=>pool.connect()))) { await c.query(`SET synchronous_commit=${sync}`); c.release(); }
  let at=0; const t=performance.now();
  await Promise.all(Array.from({length:conc}, async()=>{ for(;;){ const no=nos[at++]; if(!no) return; const r=await settlePayment(db,'wechat-v3',{state:'paid',outTradeNo:no,transactionId:'T'+no,amountFen:9900,paidAt:new Date(),payerId:'o1',attach:''},null,{eventId:no,eventType:'X',payload:{a:no}},new Date()); if(r.outcome!=='settled') throw new Error(JSON.stringify(r)); }}));
  console.log(name, named?'named':'', sync, conc, Math.round(N/((performance.now()-t)/1000)));
}
for (let i=0;i<3;i++) for (const v of Object.keys(variants)) for (const n of [false,true]) await run(v,'on',n);
await pool.end();
