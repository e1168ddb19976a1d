import { BlockList, isIP } from 'node:net'

/** Some IP addresses and networks. */
export class AddressList {
  readonly #list = new BlockList()

  /** Throws where one is neither an address nor a network such as `203.0.113.0/24`. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
      const family = familyOf(address)
      if (family === undefined) throw new Error('must be addresses or networks such as 203.0.113.0/24')
      const longest = family === 'ipv4' ? 32 : 128
      if (Number(prefix ?? longest) > longest) throw new Error(`must have prefixes of at most ${longest} bits`)
      this.#list.addSubnet(address, Number(prefix ?? longest), family)
    }
  }

  includes(address: string): boolean {
    const plain = plainAddress(address)
    const family = familyOf(plain)
    return family !== undefined && this.#list.check(plain, family)
  }
}

const familyOf = (address: string) => (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4 | 6]

/** An IPv4 address as itself, also where a socket of both families shows it as one of IPv6. */
export const plainAddress = (address: string): string => /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address
