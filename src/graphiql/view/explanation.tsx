import { useTexts } from '../language.ts'
import { errorCodes, failureIn } from '../run/failure.ts'
import { withValueAt } from '../run/paths.ts'
import type { FollowUp } from '../setup.ts'
import { usePage, useSession } from './context.ts'
import { Prose } from './prose.tsx'
import { SignInButton } from './sign-in.tsx'

/** Under an answer that is a failure: what it means, and what to do. */
export function Explanation({ answer }: { readonly answer: string }) {
  const { t, local } = useTexts()
  const { setup, signedIn } = usePage()
  const failure = failureIn(answer, setup)
  if (failure === undefined) {
    const wantsSignIn = setup.signIn.length > 0 && (!signedIn || errorCodes(answer).includes('UNAUTHENTICATED'))
    if (!wantsSignIn) return null
    return (
      <section className="payapi-explanation" aria-label={t('signIn')}>
        <p>{t(signedIn ? 'credentialRefused' : 'signInFirst')}</p>
        <SignInButton />
      </section>
    )
  }
  const { type, reason, outcome, about, cases, operationId, standsInTheWay } = failure
  return (
    <section
      className={`payapi-explanation payapi-${outcome === 'UNKNOWN' ? 'unknown' : 'failed'}`}
      aria-label={t('whatItMeans')}
      aria-live="polite"
    >
      <h2>
        {outcome === 'UNKNOWN' ? t('unknown') : outcome === 'NOT_PROCESSED' ? t('notProcessed') : t('whatItMeans')}
        <code>{reason === undefined ? type : `${type} · ${reason}`}</code>
      </h2>
      <p>
        <Prose text={local(about)} />
      </p>
      {cases.map(({ when, advice, retryable }) => (
        <p key={advice.en}>
          {cases.length > 1 && when !== undefined && (
            <>
              <strong>
                <Prose text={local(when)} />
              </strong>{' '}
            </>
          )}
          <Prose text={local(advice)} />
          {retryable && ` (${t('mayRetry')})`}
        </p>
      ))}
      {operationId !== undefined && (outcome === 'UNKNOWN' || standsInTheWay) && (
        <FollowUps operationId={operationId} mayResolve={outcome === 'UNKNOWN'} />
      )}
    </section>
  )
}

interface FollowUpsProps {
  readonly operationId: string
  /** Whether its outcome is known to be unknown: of another operation one looks first. */
  readonly mayResolve: boolean
}

function FollowUps({ operationId, mayResolve }: FollowUpsProps) {
  const { t } = useTexts()
  const { setup, runner } = usePage()
  const { open } = useSession()
  const { lookUp } = setup.followUps
  const resolve = mayResolve ? setup.followUps.resolve : undefined
  const follow = ({ operation: name, path }: FollowUp, run: boolean) => {
    const operation = runner.operations.find((each) => each.name === name)
    const change = () => JSON.stringify(withValueAt(operation?.variables, path, operationId), null, 2)
    if (operation !== undefined) open(operation, { change, run })
  }
  return (
    <>
      <div className="payapi-actions">
        {lookUp !== undefined && (
          <button type="button" className="payapi-button payapi-primary" onClick={() => follow(lookUp, true)}>
            {t('lookUp')}
          </button>
        )}
        {resolve !== undefined && (
          <button type="button" className="payapi-button" onClick={() => follow(resolve, false)}>
            {t('resolve')}
          </button>
        )}
      </div>
      {resolve !== undefined && (
        <p className="payapi-quiet">
          <Prose text={t('resolveHint')} />
        </p>
      )}
    </>
  )
}
