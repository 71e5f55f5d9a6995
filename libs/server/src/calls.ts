import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';

/**
 * What came of a call of another system. It answered: `ok`, `refused` or `throttled`, or `denied`, which is to say that it does not take us
 * for who we are, or does not let us. The rest say nothing of what was done there: in `aborted` nobody waited for
 * it any longer, and `other` is a fault of ours.
 */
export type CallOutcome =
  | 'ok'
  | 'refused'
  | 'throttled'
  | 'denied'
  | 'timeout'
  | 'network'
  | 'http'
  | 'signature'
  | 'unclear'
  | 'aborted'
  | 'other';

/** Why a call was not `ok`. */
export interface CallFault {
  outcome: Exclude<CallOutcome, 'ok'>;
  /** The other side's own code, or ours where it said none. */
  code: string;
  message: string;
}

/** Who can tell how a call of theirs ended. */
export interface CallJudge<Answer> {
  thrown(error: unknown): CallFault;
  /** Of sides that answer what they refuse like what they do. @returns null for what was done */
  answered?(answer: Answer): CallFault | null;
}

export interface Call {
  side: string;
  operation: string;
  outcome: CallOutcome;
  code: string | null;
  message: string | null;
  /** From its start to the end of its answer. */
  ms: number;
  /** What the other side calls it, for their support. */
  requestId: string | null;
  /** By how many milliseconds its clock was before ours; null where it did not say, or too late to tell. */
  skewMs: number | null;
  /** Whether its signature proved who answered. */
  proven: boolean;
}

type Heard = Pick<Call, 'requestId' | 'skewMs' | 'proven'>;

/**
 * WeChat Pay: https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html; Alipay: what its own clients read
 * (alipay-sdk 4.14, `AlipaySdk.exec` and `curl`); S3: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html;
 * others mostly by the last.
 */
const REQUEST_ID_HEADERS = ['request-id', 'trace_id', 'alipay-trace-id', 'x-amz-request-id', 'x-request-id'];
const REQUEST_ID = /^[\w.:-]{1,100}$/;
/** An answer that took longer tells too little of when its date was written. */
const PROMPT_MS = 5_000;
const LONGEST_MESSAGE = 200;
/** Openids, tokens, keys and hashes; numbers of phones, cards and people. */
const PERSONAL = /[\w+=-]{20,}|\d{11,}/g;

const hearing = new AsyncLocalStorage<Heard>();

/**
 * Told by whoever speaks HTTP, in the course of a call: what the answer's headers say about it.
 * @param sentAt real time in milliseconds
 */
export function heard(header: (name: string) => string | null | undefined, sentAt: number): void {
  const call = hearing.getStore();
  if (!call) return;
  const id = REQUEST_ID_HEADERS.map((name) => header(name)).find((value) => value && REQUEST_ID.test(value));
  call.requestId = id ?? call.requestId;
  const now = Date.now();
  // The header is of whole seconds: https://www.rfc-editor.org/rfc/rfc9110#field.date
  const said = Date.parse(header('date') ?? '') + 500;
  if (Number.isFinite(said) && now - sentAt < PROMPT_MS) call.skewMs = Math.round(said - (sentAt + now) / 2);
}

/** Told by whoever has verified an answer's signature, in the course of a call. */
export function proven(): void {
  const call = hearing.getStore();
  if (call) call.proven = true;
}

/** What every call of another system goes through: it is timed, logged once, and told to who counts. */
@Injectable()
export class Calls {
  private readonly logger = new Logger('Call');
  private readonly listeners: ((call: Call) => void)[] = [];

  listen(listener: (call: Call) => void): void {
    this.listeners.push(listener);
  }

  /**
   * @param side whom it is made to, and @param operation which of a few kinds it is: both count as labels
   * @throws what `work` throws
   */
  async through<Answer>(
    side: string,
    operation: string,
    work: () => Promise<Answer>,
    judge: CallJudge<NoInfer<Answer>>,
  ): Promise<Answer> {
    const began = performance.now();
    const told: Heard = { requestId: null, skewMs: null, proven: false };
    const end = (fault: CallFault | null): void =>
      this.ended({
        side,
        operation,
        outcome: fault?.outcome ?? 'ok',
        code: fault && fault.code.slice(0, LONGEST_MESSAGE),
        message: fault && discreet(fault.message),
        ms: Math.round(performance.now() - began),
        ...told,
      });
    let answer: Answer;
    try {
      answer = await hearing.run(told, work);
    } catch (error) {
      end(judge.thrown(error));
      throw error;
    }
    end(judge.answered?.(answer) ?? null);
    return answer;
  }

  private ended(call: Call): void {
    const line = { msg: 'call', ...call };
    switch (call.outcome) {
      case 'ok':
      case 'refused':
      case 'throttled':
      case 'aborted':
        this.logger.log(line);
        break;
      case 'denied':
      case 'timeout':
      case 'network':
      case 'http':
      case 'signature':
      case 'unclear':
        this.logger.warn(line);
        break;
      case 'other':
        this.logger.error(line);
        break;
    }
    for (const listener of this.listeners) listener(call);
  }
}

/** Others' words without what could be somebody's, or secret. */
function discreet(message: string): string {
  return message.replaceAll(PERSONAL, '…').slice(0, LONGEST_MESSAGE);
}
