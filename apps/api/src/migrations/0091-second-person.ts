import type { MigrationInterface, QueryRunner } from 'typeorm';

const held = (what: 'refund' | 'transfer', secondPerson: boolean): string => `
  SELECT hold FROM (
    SELECT 1 AS place, s.id, jsonb_build_object('kind', 'stopped', 'by', s.thrown_by, 'at', s.thrown_at, 'reason', s.reason, 'exceeds', NULL) AS hold
    FROM pay_${what} p JOIN pay_stop s ON s.released_at IS NULL AND pay_stops_${what}(s, p)
    WHERE p.source = of_source AND p.status IN ('pending', 'processing') AND ${
      what === 'refund'
        ? `EXISTS (SELECT FROM pay_refund_attempt k WHERE k.refund_id = p.id AND k.state IN ('created', 'sending'))`
        : `p.state IN ('created', 'sending')`
    }
    ${
      secondPerson
        ? `UNION ALL
    SELECT 0, a.id, jsonb_build_object('kind', 'second_person', 'by', a.asked_by, 'at', a.asked_at, 'reason', NULL, 'exceeds', a.exceeds)
    FROM pay_${what} p JOIN pay_approval a ON a.${what}_id = p.id AND a.decision IS NULL
    WHERE p.source = of_source AND p.status IN ('pending', 'processing')`
        : ''
    }
  ) AS holds ORDER BY place, id LIMIT 1`;

const replace = (what: 'refund' | 'transfer', secondPerson: boolean): string =>
  `CREATE OR REPLACE FUNCTION pay_${what}_hold(of_source text) RETURNS jsonb LANGUAGE sql STABLE AS $$ ${held(what, secondPerson)} $$;`;

/** Payouts above what one person may let go alone, and how much each has let go on a day. */
export class SecondPerson1000000000091 implements MigrationInterface {
  name = 'SecondPerson1000000000091';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_approval (
        id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        refund_id   bigint UNIQUE REFERENCES pay_refund,
        transfer_id bigint UNIQUE REFERENCES pay_transfer,
        kind        text NOT NULL CHECK (kind IN ('deposit', 'manual', 'request', 'transfer')),
        exceeds     text NOT NULL CHECK (exceeds IN ('single', 'day', 'kind')),
        asked_by    text NOT NULL,
        asked_at    timestamptz NOT NULL,
        decision    text CHECK (decision IN ('confirmed', 'refused')),
        decided_by  text,
        decided_at  timestamptz,
        note        text,                                -- why it was refused
        CHECK (num_nonnulls(refund_id, transfer_id) = 1),
        CHECK ((decision IS NULL) = (decided_by IS NULL)),
        CHECK (decided_by <> asked_by)
      );
      CREATE INDEX pay_approval_open ON pay_approval (id DESC) WHERE decision IS NULL;

      CREATE TABLE pay_approved (                        -- what somebody has let go alone
        who        text NOT NULL,
        day        date NOT NULL,
        amount_fen bigint NOT NULL,
        PRIMARY KEY (who, day)
      );
      ${replace('refund', true)}
      ${replace('transfer', true)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `${replace('refund', false)} ${replace('transfer', false)} DROP TABLE pay_approval, pay_approved;`,
    );
  }
}
