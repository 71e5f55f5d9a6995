/** Rules of the line's document that are more than an endpoint with its fields, and words of the name of the test that proves each. */
export const RULES: [rule: string, test: string][] = [
  ['Every request needs a token of the platform', 'must be of this platform, by its algorithm, and end'],
  ['The envelope is kept by every failure', 'what does not exist is answered in the envelope'],
  [
    'A payment is for one’s own booking, at its price',
    'is of one’s own enrolment or appointment, at its price',
  ],
  [
    'Methods have limits and can be switched off',
    'are three with their limits, and one switched off takes no new payment',
  ],
  ['A payment keeps to its method’s limits', 'keeps to what its method takes'],
  ['pending → completed', 'an enrolment is paid for, once, and said to be'],
  ['pending → failed when time is up', 'what is not paid in time fails'],
  ['pending → cancelled by another method', 'another method cancels the payment before it'],
  [
    'State moves only as allowed',
    'a payment is completed from wherever it is not, and given up only while it is pending',
  ],
  [
    'The webhook’s signature is verified',
    'a webhook that is forged, of nobody, of another amount or of another’s transaction changes nothing',
  ],
  ['The gateways’ own notifications are verified', 'a notification that is forged on its way is refused'],
  ['A repeated notification changes nothing', 'the contract’s webhook pays, and its repeat changes nothing'],
  ['Refunds keep to a time limit', 'is for one’s own completed payment, within 15 days'],
  ['Several partial refunds, never more than was paid', 'goes back in parts, and never more than was paid'],
  ['A refund arrives exactly once', 'of which everything is asked for twice at once goes back once'],
  ['History is one’s own, with its filters', 'is one’s own, newest first, by type, state and day'],
  ['Statistics by method in percent and by day', 'sum what was paid, by method and by day'],
  ['Statistics are for admins', 'of a user does not open the statistics'],
  ['Idempotency-Key', 'asked for twice under one key is one answer, and other content under it is refused'],
];
