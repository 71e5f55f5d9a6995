import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const HOME_BITS = 64;

/**
 * Whom an address belongs to, for limits that count people: an IPv4 address, whichever way it is written, or the /64 that
 * a household or a phone is given of IPv6. What is no address counts as one stranger.
 */
export function networkOf(address: string): string {
  const parsed = read(address);
  if (parsed === null) return 'unknown';
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${HOME_BITS}`).toString()}/${HOME_BITS}`;
}

/** More hops than any request of ours takes. */
const MOST_HOPS = 16;

/**
 * The addresses of an `X-Forwarded-For`, each as it is usually written, without ports and without IPv6's spelling of IPv4. Proxies
 * add at the right: what stands left of something that is no address was said by nobody who can be believed.
 * @returns null when nothing is left
 */
export function forwardedFor(header: string): string | null {
  const addresses: string[] = [];
  for (const hop of header.split(',').slice(-MOST_HOPS).reverse()) {
    const parsed = read(hop.trim());
    if (parsed === null) break;
    addresses.unshift(parsed.toString());
  }
  return addresses.length > 0 ? addresses.join(', ') : null;
}

/** Only what is written out in full: `1` and `0x7f.1` are addresses, too, to a lenient reader. */
function read(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const [bare] = /^\[.*\]/.exec(address) ?? [address.replace(/^([^:]*):\d+$/, '$1')];
  const text = (bare ?? '').replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(text) === 0) return null;
  return ipaddr.process(text);
}

/** Whether an address is this machine's, by how it is written. */
export function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
