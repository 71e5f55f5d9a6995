/** Rules of the line's document that are more than an endpoint with its fields, and words of the name of the test that proves each. */
export const RULES: [rule: string, test: string][] = [
  ['A payment is the fee of one’s own part', 'is for the fee of one’s own part in a task that waits for it'],
  ['Amounts are the same to the fen everywhere', 'yuan is the same to the fen everywhere'],
  ['Publishing: paid, reviewed, open', 'goes its whole way'],
  ['Taking: first come, first served', 'is taken by one, however many try at once, and not by its publisher'],
  ['States of a task', 'is moved by whose part it is, and only from where it stands'],
  ['Review is for admins', 'of a user does not review'],
  ['15 minutes', 'is closed after 15 minutes, frees the task for another, and a new one may be made'],
  [
    'Callbacks are verified: signature, amount, order, merchant',
    'and not at all when it is forged, of a wrong amount, of an unknown order or of another merchant',
  ],
  ['A repeated callback changes nothing', 'when its callback is doubled and repeated'],
  ['A lost callback is made good by asking', 'when its callback is lost: whoever asks makes us ask'],
  [
    'Refunds never come to more than was paid',
    'in parts comes to no more than was paid, and the last part cancels the task',
  ],
  [
    'Settlement shares out exactly what was collected',
    'shares out exactly what was collected: balance, transfer and platform fee',
  ],
  [
    'Settling more than was collected changes nothing',
    'of one fen more than was collected is refused and leaves everything as it was',
  ],
  ['Settling twice changes nothing', 'happens once, however many ask at once, and ends refunds'],
  ['Settlement is the publisher’s or an admin’s', 'is the publisher’s or an admin’s, after acceptance'],
  [
    'A transfer is frozen until its callback, which counts once',
    'on its way is frozen; its callback counts once, forged not at all',
  ],
  [
    'A failed transfer is unfrozen',
    'that fails goes to the taker’s balance, and an operator sends it again once',
  ],
  ['Everybody sees their own', 'is one’s own to see, and in one’s own list'],
  ['Idempotency', 'asked for again is the same order, also at the same moment, and under one key'],
];
