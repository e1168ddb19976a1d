import { type FormEvent, useId, useRef, useState } from 'react'
import { useTexts } from '../language.ts'
import type { SignInMethod } from '../setup.ts'
import { usePage } from './context.ts'

const DIALOG = 'sign-in'

/** Opens the dialog to sign in. */
export function SignInButton() {
  const { t } = useTexts()
  const open = () => (document.getElementById(DIALOG) as HTMLDialogElement | null)?.showModal()
  return (
    <button type="button" className="payapi-button payapi-primary" onClick={open}>
      {t('signIn')}
    </button>
  )
}

/** In the masthead: who the visitor is, where the server asks. */
export function SignIn() {
  const { t } = useTexts()
  const { setup, signedIn, signIn } = usePage()
  if (setup.signIn.length === 0) return null
  return (
    <>
      {signedIn ? (
        <button type="button" className="payapi-button" onClick={() => signIn(undefined)}>
          <span className="payapi-wide">{t('signedIn')} · </span>
          {t('signOut')}
        </button>
      ) : (
        <SignInButton />
      )}
      <SignInDialog methods={setup.signIn} />
    </>
  )
}

function SignInDialog({ methods }: { readonly methods: readonly SignInMethod[] }) {
  const { t } = useTexts()
  const { signIn } = usePage()
  const dialog = useRef<HTMLDialogElement>(null)
  const [method, setMethod] = useState<SignInMethod>(methods[0] ?? 'bearer')
  const [value, setValue] = useState('')
  const title = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim() !== '') signIn({ method, value: value.trim() })
    setValue('')
    dialog.current?.close()
  }
  return (
    <dialog id={DIALOG} ref={dialog} className="payapi-dialog" aria-labelledby={title} onClose={() => setValue('')}>
      <form onSubmit={submit}>
        <h2 id={title}>{t('signIn')}</h2>
        {methods.length > 1 && (
          <div className="payapi-methods">
            {methods.map((each) => (
              <label key={each}>
                <input type="radio" name="method" checked={each === method} onChange={() => setMethod(each)} />
                {t(each)}
              </label>
            ))}
          </div>
        )}
        <label>
          {t(method)}
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        <p className="payapi-quiet">{t('memoryOnly')}</p>
        <div className="payapi-actions">
          <button type="submit" className="payapi-button payapi-primary">
            {t('use')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
