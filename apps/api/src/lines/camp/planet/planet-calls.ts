import { PlanetError } from '@yajin/planet';
import type { CallFault, CallJudge } from '@yajin/server';

/** How calls of zsxq end, by what its client throws. */
export const planetCalls: CallJudge<unknown> = {
  thrown(error) {
    if (error instanceof PlanetError)
      return { outcome: outcomeOf(error), code: error.code, message: error.message };
    // The reason of an aborted signal, which is anybody's: nothing else is thrown.
    return { outcome: 'aborted', code: 'ABORTED', message: String(error) };
  },
};

function outcomeOf({ kind, code }: PlanetError): CallFault['outcome'] {
  switch (kind) {
    case 'cookie_expired':
      return 'denied';
    case 'denied':
      return 'refused';
    case 'turned_away':
    case 'throttled':
      return 'throttled';
    case 'unavailable':
      if (code === 'TIMEOUT') return 'timeout';
      if (code === 'NETWORK') return 'network';
      return code.startsWith('HTTP_') ? 'http' : 'unclear';
  }
}
