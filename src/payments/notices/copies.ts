interface Group<Value> {
  readonly underWay: Promise<Value>
  times: number
  behind: Promise<Value> | undefined
}

/** Lets one of many equal pieces of work be done at once, and all that come meanwhile together, once, behind it. */
export class Copies<Value> {
  readonly #groups = new Map<string, Group<Value>>()

  /** The work is told for how many it is done. */
  run(key: string, work: (times: number) => Promise<Value>): Promise<Value> {
    const group = this.#groups.get(key)
    if (group === undefined) return this.#begin(key, 1, work)
    group.times++
    const begin = () => this.#begin(key, group.times, work)
    group.behind ??= group.underWay.then(begin, begin)
    return group.behind
  }

  #begin(key: string, times: number, work: (times: number) => Promise<Value>): Promise<Value> {
    const group: Group<Value> = { underWay: work(times), times: 0, behind: undefined }
    this.#groups.set(key, group)
    const end = () => {
      if (group.behind === undefined) this.#groups.delete(key)
    }
    group.underWay.then(end, end)
    return group.underWay
  }
}
