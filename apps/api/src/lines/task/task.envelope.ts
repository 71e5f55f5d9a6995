import { EnvelopeInterceptor } from '@yajin/server';

/** `{code: 200, message, data}`. */
export class TaskEnvelopeInterceptor extends EnvelopeInterceptor {
  constructor() {
    super((message, data) => ({ code: 200, message, data }), 'success');
  }
}
