/** An IPv4 address as a number; undefined where it isn't one in dotted form. */
function v4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of an IPv6 address, `::` and a dotted end spelt out. */
function v6(text: string): readonly number[] | undefined {
  const [bare = ''] = text.split('%');
  const dotted = /^(.*:)([\d.]+)$/.exec(bare);
  const ending = dotted?.[2]?.includes('.') ? v4(dotted[2]) : undefined;
  if (bare.includes('.') && ending === undefined) return undefined;
  const hex =
    ending === undefined
      ? bare
      : `${dotted?.[1] ?? ''}${Math.floor(ending / 65_536).toString(16)}:${(ending % 65_536).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: tail ? missing : 0 }, () => '0'), ...(tail ?? [])];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

/** Source: the registries of special-purpose addresses of the IANA (RFC 6890), and multicast. */
const notPublic = (
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const
).map(([network, bits]) => ({ from: v4(network) ?? 0, size: 2 ** (32 - bits) }));

const ofV4 = (address: number): AddressKind => {
  if (address >= 0x7f000000 && address < 0x80000000) return 'loopback';
  return notPublic.some(({ from, size }) => address >= from && address < from + size) ? 'private' : 'public';
};

/** `private`: whatever doesn't lead to the open Internet, cloud metadata included, and what can't be read. */
export type AddressKind = 'public' | 'loopback' | 'private';

/** Where an IP address leads, in whichever form it is written. */
export function kindOfAddress(address: string): AddressKind {
  const number = v4(address);
  if (number !== undefined) return ofV4(number);
  const groups = v6(address);
  if (!groups) return 'private';
  const [first = 0, second = 0, , , , sixth = 0, seventh = 0, eighth = 0] = groups;
  const zeros = groups.slice(0, 5).every((group) => group === 0);
  if (zeros && sixth === 0xffff) return ofV4(seventh * 65_536 + eighth);
  if (zeros && sixth === 0 && seventh === 0 && eighth === 1) return 'loopback';
  // Of the global unicast space, not what carries another address inside (Teredo, 6to4) or is for documentation.
  const global = first >= 0x2000 && first <= 0x3fff;
  const special = first === 0x2002 || (first === 0x2001 && (second < 0x200 || second === 0xdb8)) || first === 0x3fff;
  return global && !special ? 'public' : 'private';
}

/** What of an address makes it one that nothing is sent to. */
export type AddressFault = 'form' | 'scheme' | 'more' | 'port' | 'private';

const ports = ['', '443', '8443'];
const isAddress = (host: string): boolean => host.includes(':') || v4(host) !== undefined;

/**
 * May messages go to this URL? `https`, ports 443 and 8443, nothing but host and path: a secret in it would be a fact
 * for ever. `loopback`: plain HTTP and any port, to this machine alone, as tests and development need it.
 */
export function faultOfUrl(text: string, loopback: boolean): AddressFault | undefined {
  if (!URL.canParse(text)) return 'form';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username || url.password || /[?#]/.test(text)) return 'more';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const kind = isAddress(host) ? kindOfAddress(host) : undefined;
  if (loopback && (kind === 'loopback' || host === 'localhost')) return undefined;
  if (url.protocol !== 'https:') return 'scheme';
  if (!ports.includes(url.port)) return 'port';
  const inside =
    kind === undefined ? !host.includes('.') || /(^|\.)(localhost|local|internal)\.?$/.test(host) : kind !== 'public';
  return inside ? 'private' : undefined;
}
