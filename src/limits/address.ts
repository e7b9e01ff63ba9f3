/**
 * What a client is known by that has no name: its IPv4 address, or the first 64 bits of its IPv6 address, because one
 * subscriber has at least so many. It never leaves the memory.
 */
export function addressKey(address: string | undefined): string {
  if (!address?.includes(':')) return address || 'local';
  // As Node writes an address whose zeros come later, which most are: nothing is to be filled in.
  const canonical = /^(?:(?:0|[1-9a-f][0-9a-f]{0,3}):){4}(?!:)/.exec(address);
  if (canonical) return `${canonical[0]}:/64`;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [before = '', after] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const left = groupsOf(before);
  const right = groupsOf(after ?? '');
  // `::` stands for the groups of zeros that are missing to make eight.
  const zeros = after === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function groupsOf(part: string): string[] {
  if (part === '') return [];
  // An IPv4 address at the end takes two groups.
  return part
    .split(':')
    .flatMap((group) => (group.includes('.') ? ['0', '0'] : group.replace(/^0+(?=.)/, '')));
}
