import { toKoreanTime } from '../request/korean-time.ts'

/** Makes the ids that answers carry. One counter runs through all of them, so none comes twice. */
export class IdSource {
  #count = 0

  #next(width: number): string {
    this.#count += 1
    return String(this.#count).padStart(width, '0')
  }

  /** A tid of at most 40 characters; `kind` is two letters, `at` milliseconds since 1970. */
  transaction(mid: string, kind: string, at: number): string {
    const { date, time } = toKoreanTime(at)
    return `${mid}${kind}${date}${time}${this.#next(6)}`
  }

  /** A tid of the payment page: 40 characters for a `mid` of ten; `kind` is four characters. */
  pageTransaction(mid: string, kind: string, at: number): string {
    const { date, time } = toKoreanTime(at)
    return `WELMX_${kind}${mid}${date}${time}${this.#next(6)}`
  }

  /** A virtual account's number, 14 digits. */
  account(): string {
    return `9400${this.#next(10)}`
  }

  /** The id of a partial cancel (C_Tid), at most 22 characters. */
  cancellation(at: number): string {
    const { date, time } = toKoreanTime(at)
    return `C${date.slice(2)}${time}${this.#next(6)}`
  }

  /** A billing key of at most 40 characters. */
  billingKey(mid: string, at: number): string {
    return this.transaction(mid, 'BK', at)
  }

  /** Gives a card company's approval number, 8 digits. */
  approval(): string {
    return this.#next(8)
  }

  /** Gives the path of a short URL: four or more digits and capitals. */
  shortPath(): string {
    return Number(this.#next(1)).toString(36).toUpperCase().padStart(4, '0')
  }
}
