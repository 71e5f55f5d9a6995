/** A rule of a line's document, and words of the name of the test that proves it. */
export type Rule = [rule: string, test: string];

/** The rules of the four small lines' documents, as far as they are more than an endpoint with its fields. */
export const LINE_RULES: Readonly<Record<string, Rule[]>> = {
  course: [
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
    [
      'A repeated notification changes nothing',
      'the contract’s webhook pays, and its repeat changes nothing',
    ],
    ['Refunds keep to a time limit', 'is for one’s own completed payment, within 15 days'],
    ['Several partial refunds, never more than was paid', 'goes back in parts, and never more than was paid'],
    ['A refund arrives exactly once', 'of which everything is asked for twice at once goes back once'],
    ['History is one’s own, with its filters', 'is one’s own, newest first, by type, state and day'],
    ['Statistics by method in percent and by day', 'sum what was paid, by method and by day'],
    ['Statistics are for admins', 'of a user does not open the statistics'],
    ['Idempotency-Key', 'asked for twice under one key is one answer, and other content under it is refused'],
  ],
  gym: [
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
  ],
  task: [
    [
      'A payment is the fee of one’s own part',
      'is for the fee of one’s own part in a task that waits for it',
    ],
    ['Amounts are the same to the fen everywhere', 'yuan is the same to the fen everywhere'],
    ['Publishing: paid, reviewed, open', 'goes its whole way'],
    [
      'Taking: first come, first served',
      'is taken by one, however many try at once, and not by its publisher',
    ],
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
  ],
  'work-order': [
    ['Every request needs a token of the platform', 'is needed, and a good one is taken'],
    [
      'The prepayment’s amount comes from the service type',
      'takes the prepayment as it was when the order was booked',
    ],
    [
      'The repair fee is the final amount, and leaves the order where it is',
      'takes the final amount as the repair fee, and leaves the order where it is',
    ],
    [
      'One pending payment per order and type',
      'twice: who asks again, also at the same moment, is given the parameters of the one that waits',
    ],
    ['No payment while the order does not ask for it', 'while the order does not ask for it'],
    ['openid is needed for wechat', 'without an openid, with unknown fields, types or methods'],
    ['Parameters are signed as WeChat checks them', 'gives parameters whose signature WeChat would accept'],
    [
      '30 minutes close payment and order',
      'an unpaid prepayment is expired, its order closed, and the trade closed at WeChat',
    ],
    [
      'XML notifications, answered in XML',
      'is answered in XML, and counts once however often and at once it comes',
    ],
    ['The notification’s signature is verified', 'signed with another key, or not at all, changes nothing'],
    ['MD5 or HMAC-SHA256', 'a merchant whose signatures are HMAC-SHA256 is paid as well'],
    ['DOCTYPE and entities are refused', 'that is no plain XML is not read'],
    ['test payments outside production only', 'production has no test payments, and WeChat’s go on'],
    ['/test/confirm confirms once', 'is confirmed by its user, once however often'],
    ['Applying for a refund leaves the payment success', 'waits for an admin, and the payment stays success'],
    ['Approve or reject, by admins', 'is for the platform’s admins, of something that was asked for'],
    ['An approval counts once', 'counts once, however many approve and reject at the same moment'],
    ['A refunded prepayment closes its order', 'gives the prepayment back in full and closes its order'],
    ['Starting needs the repair fee paid', 'only when the repair fee is paid'],
    ['States of an order', 'takes only the step that its state allows'],
    ['Lists and figures', 'count and sum what was created on those days'],
    ['Idempotency-Key', 'but the same request under one key gets the first answer again'],
  ],
};
