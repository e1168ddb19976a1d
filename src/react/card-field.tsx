import { type CompositionEvent, type FormEvent, type RefObject, useId } from 'react'
import { CARD_FIELDS, type CardFieldName, digitsOf } from './card-values.ts'
import { HINTS, LABELS, type Language } from './texts.ts'

const AUTOCOMPLETE: Readonly<Record<CardFieldName, string>> = {
  number: 'cc-number',
  expiry: 'cc-exp',
  holderId: 'off',
  passwordPrefix: 'off',
}

interface CardFieldProps {
  readonly name: CardFieldName
  readonly language: Language
  /** What is wrong with it, in the buyer's language. */
  readonly error: string | undefined
  readonly input: RefObject<HTMLInputElement | null>
  onChange(): void
  onLeave(): void
}

// The input is uncontrolled and has no name: its value is in the input alone, and a form that is sent without its script
// carries nothing.
export function CardField({ name, language, error, input, onChange, onLeave }: CardFieldProps) {
  const id = useId()
  const hint = HINTS[name]?.[language]
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const typed = ({ currentTarget, nativeEvent }: FormEvent<HTMLInputElement> | CompositionEvent<HTMLInputElement>) => {
    // While an input method composes, its text is not ours to change.
    if ('isComposing' in nativeEvent && nativeEvent.isComposing === true) return
    reformat(name, currentTarget)
    onChange()
  }
  return (
    <div className="payapi-field" style={{ display: 'grid', gap: '0.25rem' }}>
      <label htmlFor={id}>{LABELS[name][language]}</label>
      <input
        id={id}
        ref={input}
        type={name === 'passwordPrefix' ? 'password' : 'text'}
        inputMode="numeric"
        autoComplete={AUTOCOMPLETE[name]}
        spellCheck={false}
        aria-required="true"
        aria-invalid={error !== undefined}
        aria-describedby={described || undefined}
        onInput={typed}
        onCompositionEnd={typed}
        onBlur={onLeave}
        style={{
          font: 'inherit',
          padding: '0.6rem',
          width: '100%',
          boxSizing: 'border-box',
          ...(error !== undefined && { borderWidth: 3 }),
        }}
      />
      {hint && (
        <small id={`${id}-hint`} className="payapi-hint">
          {hint}
        </small>
      )}
      <span id={`${id}-error`} className="payapi-error" aria-live="polite" style={{ fontWeight: 600 }}>
        {error}
      </span>
    </div>
  )
}

/** Writes what was typed as it is to be shown; the caret stays behind the digit that it was behind. */
function reformat(name: CardFieldName, input: HTMLInputElement): void {
  const { format, maxDigits } = CARD_FIELDS[name]
  const caret = input.selectionStart ?? input.value.length
  const atEnd = caret === input.value.length
  const before = digitsOf(input.value.slice(0, caret)).length
  const shown = format(digitsOf(input.value).slice(0, maxDigits))
  if (shown === input.value) return
  input.value = shown
  const place = atEnd ? shown.length : placeBehind(shown, before)
  if (input.ownerDocument.activeElement === input) input.setSelectionRange(place, place)
}

function placeBehind(text: string, digits: number): number {
  let seen = 0
  for (const [index, character] of [...text].entries()) {
    if (seen === digits) return index
    if (/\d/.test(character)) seen += 1
  }
  return text.length
}
