/** Rules of the line's document that are more than an endpoint with its fields, and words of the name of the test that proves each. */
export const RULES: [rule: string, test: string][] = [
  ['Every request needs a token of the platform', 'is nobody’s without a token of this platform that ends'],
  [
    'Unknown member is 404; the amount is that of an offer',
    'is for a member of one’s own, of what is on offer at its price',
  ],
  ['pending → success through either provider', 'a membership paid through'],
  ['pending → failed when time is up', 'what is not paid within half an hour fails'],
  ['The callback’s signature is verified', 'that is forged or of nobody changes nothing'],
  ['A repeated callback changes nothing', 'a notification that comes twice gives once'],
  [
    'The transaction id is stored encrypted',
    'the transaction id is sealed at rest, and found by its keyed hash',
  ],
  ['Types membership, course and private', 'lessons are counted, and cents arrive as they were sent'],
  ['Idempotency-Key', 'asked for twice under one key is one payment'],
];
