import ipaddr from 'ipaddr.js';

const HOME_BITS = 64;

/**
 * Whom an address belongs to, for limits that count people: an IPv4 address, whichever way it is written, or the /64 that
 * a household or a phone is given of IPv6. What is no address counts as one stranger.
 */
export function networkOf(address: string): string {
  const [bare] = /^\[.*\]/.exec(address) ?? [address.replace(/^([^:]*):\d+$/, '$1')];
  const text = (bare ?? '').replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(text)) return 'unknown';
  const parsed = ipaddr.process(text);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${HOME_BITS}`).toString()}/${HOME_BITS}`;
}
