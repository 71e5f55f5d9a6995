/** Rules of the line's document that are more than an endpoint with its fields, and words of the name of the test that proves each. */
export const RULES: [rule: string, test: string][] = [
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
];
