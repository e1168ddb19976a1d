import { CHAPTERS, type Effect, type Service } from '../payapi/index.ts'

/** Who calls, and what they may do. */
export interface Caller {
  /** Names the caller in the journal, e.g. `jwt:shop-7`; one caller's idempotency keys are nobody else's. */
  readonly id: string
  /** What they may do. */
  readonly scopes: ReadonlySet<Scope>
  /** Which merchants they may act as; undefined for all that are configured. */
  readonly merchants: ReadonlySet<string> | undefined
}

// What one has to be allowed to, to use a field. Which scope a service needs follows from its chapter and its effect.

/** Everything a caller may be allowed to do. */
export const SCOPES = [
  'payments:charge',
  'payments:cancel',
  'billing:manage',
  'cards:lookup',
  'escrow:manage',
  'escrow:read',
  'sms:create',
  'operations:read',
  'operations:resolve',
] as const

/** One thing that a caller may be allowed to do. */
export type Scope = (typeof SCOPES)[number]

/** The caller where nobody is asked who they are. */
export const ANYBODY: Caller = { id: 'anonymous', scopes: new Set(SCOPES), merchants: undefined }

const CHARGE = { charge: 'payments:charge' } as const

type Chapters = typeof CHAPTERS

/** The effects of a chapter's services. */
type EffectOf<Chapter extends keyof Chapters> = Extract<
  Chapters[Chapter][keyof Chapters[Chapter]],
  { readonly effect: Effect }
>['effect']

// The compiler names what has no scope: a service must not be open by omission.
const BY_CHAPTER: { readonly [Chapter in keyof Chapters]: Readonly<Record<EffectOf<Chapter>, Scope>> } = {
  cancel: { update: 'payments:cancel' },
  billing: { ...CHARGE, update: 'billing:manage' },
  keyedIn: CHARGE,
  card: { lookup: 'cards:lookup' },
  escrow: { update: 'escrow:manage', lookup: 'escrow:read' },
  sms: { update: 'sms:create' },
}

const scopes = new Map<string, Scope | undefined>(
  Object.entries<Partial<Readonly<Record<Effect, Scope>>>>(BY_CHAPTER).flatMap(([chapter, byEffect]) =>
    Object.values<Service>(CHAPTERS[chapter as keyof typeof CHAPTERS]).map(
      ({ name, effect }) => [name, byEffect[effect]] as const,
    ),
  ),
)

/** Takes a service; returns the scope it needs. Throws where none is laid down: a service must not be open by omission. */
export function scopeOf({ name }: Service): Scope {
  const scope = scopes.get(name)
  if (scope === undefined) throw new Error(`No scope is laid down for ${name}`)
  return scope
}

/** Takes a scope; returns the sentence with which every description of a field that needs it ends. */
export function scopeSentence(scope: Scope): string {
  return `Needs the scope \`${scope}\`.`
}
