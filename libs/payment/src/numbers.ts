import { randomUUID } from 'node:crypto';

/** A new number, cut for a gateway that takes fewer characters than 32. Twenty of them are still 76 random bits. */
export function newNumber(length = 32): string {
  return randomUUID().replaceAll('-', '').slice(0, length);
}

/** Whether a number has the form of one of these, whole. Others make such numbers, too. */
export function isOfNewNumbers(number: string): boolean {
  return /^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(number);
}

/**
 * A number that a line makes itself.
 * @throws RangeError when the gateway would not take it
 */
export function requireNumber(number: string, length: number): string {
  if (!/^[0-9A-Za-z_-]{6,}$/.test(number) || number.length > length)
    throw new RangeError(`not a trade number of 6 to ${length} letters, digits, _ or -: ${number}`);
  return number;
}
