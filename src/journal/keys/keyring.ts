import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const ID_CHARACTERS = 8

// As bytes, Node 24 would take longer to see what they are than to seal.
interface JournalKey {
  readonly id: string
  readonly sealing: KeyObject
  readonly fingerprinting: KeyObject
}

/**
 * The journal's secret keys. Results are sealed with AES-256-GCM, because a billing key is as good as money, and
 * fingerprints are keyed hashes, because a card number has too few digits for a plain one. The first key is used for
 * what is new; the others still open what is old, so that a key can be replaced while the journal lives on.
 */
export class Keyring {
  readonly #keys: readonly [JournalKey, ...JournalKey[]]

  /** Keys of 32 bytes, the current one first. Throws where there is none, or one has another length. */
  constructor(keys: readonly Uint8Array[]) {
    const [current, ...older] = keys.map(journalKey)
    if (current === undefined) throw new Error('A journal needs at least one key')
    this.#keys = [current, ...older]
  }

  /** The sealed text opens only for the same `belongsTo`. */
  seal(text: string, belongsTo: string): string {
    return sealedWith(this.#keys[0], text, belongsTo)
  }

  /** Seals once under each key, with the key's id. */
  sealUnderEach(text: string, belongsTo: string): readonly { readonly keyId: string; readonly sealed: string }[] {
    return this.#keys.map((key) => ({ keyId: key.id, sealed: sealedWith(key, text, belongsTo) }))
  }

  /** Undefined where no key opens it for that `belongsTo`. */
  open(sealed: string, belongsTo: string): string | undefined {
    const [id = '', payload = ''] = sealed.split('.')
    return this.#decrypted(id, Buffer.from(payload, 'base64url'), belongsTo)
  }

  /** As `open`, of bytes as journals up to version 2 hold them. */
  openBytes(sealed: Uint8Array, belongsTo: string): string | undefined {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    return this.#decrypted(bytes.toString('latin1', 0, ID_CHARACTERS), bytes.subarray(ID_CHARACTERS), belongsTo)
  }

  #decrypted(id: string, bytes: Buffer, belongsTo: string): string | undefined {
    const key = this.#keys.find((candidate) => candidate.id === id)
    if (key === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, IV_BYTES))
      decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(bytes.subarray(-TAG_BYTES))
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)).toString('utf8') + decipher.final('utf8')
    } catch {
      return undefined
    }
  }

  /** Keyed hash of a text, with the id of the key. */
  fingerprint(text: string): string {
    return fingerprintWith(this.#keys[0], text)
  }

  /** Whether a fingerprint is that text's. Of one made by a key that is gone nobody can tell. */
  compare(text: string, fingerprint: string): 'SAME' | 'DIFFERENT' | 'UNKNOWN_KEY' {
    const key = this.#keyOf(fingerprint)
    if (key === undefined) return 'UNKNOWN_KEY'
    return fingerprintWith(key, text) === fingerprint ? 'SAME' : 'DIFFERENT'
  }

  /** Whether the key that sealed a text or made a fingerprint is configured. */
  hasKeyOf(made: string): boolean {
    return this.#keyOf(made) !== undefined
  }

  #keyOf(made: string): JournalKey | undefined {
    return this.#keys.find(({ id }) => made.startsWith(`${id}.`))
  }
}

function sealedWith({ id, sealing }: JournalKey, text: string, belongsTo: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(belongsTo))
  const parts = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return `${id}.${Buffer.concat(parts).toString('base64url')}`
}

function journalKey(bytes: Uint8Array): JournalKey {
  if (bytes.length !== KEY_BYTES) throw new Error(`A journal key has ${KEY_BYTES} bytes`)
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', bytes, '', `payapi journal ${purpose}`, KEY_BYTES))
  return {
    id: createHash('sha256').update(derive('id')).digest('hex').slice(0, ID_CHARACTERS),
    sealing: createSecretKey(derive('sealing')),
    fingerprinting: createSecretKey(derive('fingerprinting')),
  }
}

function fingerprintWith({ id, fingerprinting }: JournalKey, text: string): string {
  return `${id}.${createHmac('sha256', fingerprinting).update(text).digest('base64url')}`
}
