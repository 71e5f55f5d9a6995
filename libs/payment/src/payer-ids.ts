import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Secrets } from '@yajin/server';

/** What a sealed id belongs to: one payer's id is the same in the order, in its attempts and wherever it is copied. */
export const PAYER_CONTEXT = 'payer';
/** What the blind index of an id is signed for. */
export const PAYER_INDEX = 'payer index';
/** 128 bits in base64url are enough to tell payers apart where nothing is looked up. */
const MARK_LENGTH = 22;

/** A payer as a row keeps them: the id sealed, with its blind index. A row of the time before has the id itself, and no index. */
export interface KeptPayer {
  payer_id: string | null;
  payer_index: string | null;
}

/** Fields of gateways that name a person: openids, buyer and account ids, logins, cards. */
const PERSONAL =
  /open_?id|union_?id|buyer|payer|log[io]n|user_?(id|received)|account|mobile|phone|real_?name/i;
/** … and those that only sound like it. */
const HARMLESS = /amount|total|currency|refund$|type$/i;

/** A shorter id would be met with where nobody is meant. */
const TELLING_LENGTH = 8;

/** Who pays, as gateways know them (openids and the like): sealed at rest, found by a keyed hash. */
@Injectable()
export class PayerIds {
  constructor(private readonly secrets: Secrets) {}

  index(id: string): string {
    return this.secrets.sign(PAYER_INDEX, id);
  }

  /** By every master key that counts, to look a payer up by (`= ANY`). */
  indexes(id: string): string[] {
    return this.secrets.signatures(PAYER_INDEX, id);
  }

  keep(id: string | null): KeptPayer {
    if (id === null) return { payer_id: null, payer_index: null };
    return { payer_id: this.secrets.encrypt(id, PAYER_CONTEXT), payer_index: this.index(id) };
  }

  /** @throws Error when it was sealed with another key */
  open({ payer_id: id, payer_index: index }: KeptPayer): string | null {
    return id === null || index === null ? id : this.secrets.decrypt(id, PAYER_CONTEXT);
  }

  is(kept: KeptPayer, id: string): boolean {
    return kept.payer_index === null ? kept.payer_id === id : this.indexes(id).includes(kept.payer_index);
  }

  /**
   * What a gateway said, as the inbox keeps it: who is named in it is told apart by the blind index and no more. Text that is no
   * JSON object cannot be gone through, so its length and hash stand for it.
   * @param payer the payer's id where it is known, which is then taken out wherever it stands
   */
  unnamed(payload: unknown, payer: string | null): unknown {
    if (typeof payload !== 'object' || payload === null) {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
      return { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
    }
    return this.walk(payload, payer, '');
  }

  private walk(value: unknown, payer: string | null, name: string): unknown {
    if (Array.isArray(value)) return value.map((each) => this.walk(each, payer, name));
    if (value instanceof Date) return value;
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [this.hidden(key, payer), this.walk(each, payer, key)]),
      );
    const personal = PERSONAL.test(name) && !HARMLESS.test(name);
    if (typeof value === 'number') return personal ? this.mark(String(value)) : value;
    if (typeof value !== 'string') return value;
    return personal && value !== '' ? this.mark(value) : this.hidden(value, payer);
  }

  private hidden(text: string, payer: string | null): string {
    return payer && payer.length >= TELLING_LENGTH ? text.replaceAll(payer, this.mark(payer)) : text;
  }

  /** Marking what is marked changes nothing. */
  private mark(id: string): string {
    return /^payer:[\w-]{22}$/.test(id) ? id : `payer:${this.index(id).slice(0, MARK_LENGTH)}`;
  }
}
