import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Outcome } from '../outcome/index.ts'
import { CardField } from './card-field.tsx'
import { type CardFieldName, type CardInput, type CardProblem, cardOf, problemOf } from './card-values.ts'
import { CARD_TEXTS, fieldOf, type Language, PROBLEMS } from './texts.ts'

export interface CardFormProps {
  readonly language: Language
  /** Gets the card once; `charge` of `useCharge` is made for it. What it throws goes nowhere: it may quote the card. */
  onSubmit(card: CardInput): unknown
  /** Asks for the holder's date of birth and the front of the password as well. */
  readonly withHolder?: boolean
  /** How the last try ended: what is wrong with a field is shown beside it. */
  readonly outcome?: Outcome | undefined
  /** What the button says; `결제하기` or `Pay` where it is left out. */
  readonly submitLabel?: string
  readonly disabled?: boolean
  readonly className?: string
}

type Problems = Readonly<Partial<Record<CardFieldName, CardProblem>>>

interface Corrected {
  readonly of: Outcome | undefined
  readonly names: readonly CardFieldName[]
}

const WITHOUT_HOLDER: readonly CardFieldName[] = ['number', 'expiry']
const WITH_HOLDER: readonly CardFieldName[] = [...WITHOUT_HOLDER, 'holderId', 'passwordPrefix']

/** Asks for a card. What is typed stays in the inputs: state, storage and history never hold it. */
export function CardForm(props: CardFormProps) {
  const { language, onSubmit, withHolder = false, outcome, submitLabel, disabled = false, className } = props
  const names = withHolder ? WITH_HOLDER : WITHOUT_HOLDER
  const inputs = useInputs()
  const [problems, setProblems] = useState<Problems>({})
  // Of an outcome, what was typed over since is no longer wrong.
  const [corrected, setCorrected] = useState<Corrected>({ of: undefined, names: [] })
  const [isSending, setSending] = useState(false)
  const isBusy = useRef(false)

  const check = (name: CardFieldName) => problemOf(name, inputs[name].current?.value ?? '', new Date())
  const errorOf = (name: CardFieldName) => {
    const problem = problems[name]
    if (problem !== undefined) return PROBLEMS[problem][language]
    if (corrected.of === outcome && corrected.names.includes(name)) return undefined
    return outcome?.fields.find((field) => fieldOf(field) === name)?.text[language]
  }
  const changed = (name: CardFieldName) => {
    setCorrected((before) => {
      if (before.of !== outcome) return { of: outcome, names: [name] }
      return before.names.includes(name) ? before : { of: outcome, names: [...before.names, name] }
    })
    // What is not finished yet is not wrong yet.
    if (check(name) === undefined) setProblems(({ [name]: _, ...others }) => others)
  }
  const left = (name: CardFieldName) => {
    const problem = check(name)
    if (problem !== undefined && problem !== 'REQUIRED') setProblems((before) => ({ ...before, [name]: problem }))
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy.current) return
    const found = names.flatMap((name) => {
      const problem = check(name)
      return problem === undefined ? [] : [[name, problem] as const]
    })
    setProblems(Object.fromEntries(found))
    const [wrong] = found[0] ?? []
    if (wrong !== undefined) {
      inputs[wrong].current?.focus()
      return
    }
    isBusy.current = true
    setSending(true)
    const texts = Object.fromEntries(names.map((name) => [name, inputs[name].current?.value ?? '']))
    const ended = await outcomeOf(() => onSubmit(cardOf(texts)))
    isBusy.current = false
    setSending(false)
    if (!isToCorrect(ended)) clear(inputs)
  }

  return (
    <form className={className} method="post" noValidate onSubmit={submit} lang={language}>
      <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0, display: 'grid', gap: '1rem' }}>
        <legend style={{ padding: 0, marginBottom: '0.75rem', fontWeight: 600 }}>{CARD_TEXTS.legend[language]}</legend>
        {names.map((name) => (
          <CardField
            key={name}
            name={name}
            language={language}
            error={errorOf(name)}
            input={inputs[name]}
            onChange={() => changed(name)}
            onLeave={() => left(name)}
          />
        ))}
        <button type="submit" disabled={disabled || isSending} style={{ font: 'inherit', padding: '0.7rem' }}>
          {isSending ? CARD_TEXTS.sending[language] : (submitLabel ?? CARD_TEXTS.submit[language])}
        </button>
      </fieldset>
    </form>
  )
}

type Inputs = Readonly<Record<CardFieldName, { readonly current: HTMLInputElement | null }>>

/** The inputs, which are emptied when the page is left: browsers keep pages, and what was typed, to go back to. */
function useInputs() {
  const inputs = {
    number: useRef<HTMLInputElement>(null),
    expiry: useRef<HTMLInputElement>(null),
    holderId: useRef<HTMLInputElement>(null),
    passwordPrefix: useRef<HTMLInputElement>(null),
  }
  const kept = useRef(inputs)
  useEffect(() => {
    const empty = () => clear(kept.current)
    window.addEventListener('pagehide', empty)
    return () => window.removeEventListener('pagehide', empty)
  }, [])
  return inputs
}

function clear(inputs: Inputs): void {
  for (const { current } of Object.values(inputs)) if (current) current.value = ''
}

async function outcomeOf(send: () => unknown): Promise<unknown> {
  try {
    return await send()
  } catch {
    return undefined
  }
}

/** Whether the buyer is to change what was typed, or to send it again. */
function isToCorrect(outcome: unknown): boolean {
  const { kind } = (outcome ?? {}) as Partial<Outcome>
  return kind === 'invalid' || kind === 'retry' || kind === 'refused'
}
