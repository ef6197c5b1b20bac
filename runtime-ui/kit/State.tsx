import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { Button } from './Button.tsx'
import { Icon } from './icons/Icon.tsx'

type Joint = 'empty' | 'broken' | 'locked' | 'none'

const JOINTS: Readonly<Record<Joint, ReactNode>> = {
  empty: (
    <>
      <path d="M4 8h22v9l10-3v16l-10-3v9H4z" />
      <path d="M68 8H46v7l10-3v20l-10-3v7h22z" strokeDasharray="3 4" />
    </>
  ),
  broken: (
    <>
      <path d="M4 8h22v9l10-3v16l-10-3v9H4z" />
      <path d="M68 8H50v8l8-2v16l-8-2v8h18z" />
      <path d="M41 12l4 4M45 12l-4 4" stroke="var(--error)" />
    </>
  ),
  locked: (
    <>
      <path d="M4 8h30v28H4zM38 8h30v28H38z" />
      <path d="M48 21h10v8H48zM50 21v-2.5a3 3 0 0 1 6 0V21" stroke="var(--ink-3)" />
    </>
  ),
  none: null,
}

export interface StateProps {
  readonly joint: Joint
  readonly title: string
  readonly text?: ReactNode
  readonly children?: ReactNode
  readonly code?: string
  readonly alert?: boolean
}

/** What a page says when it has nothing else to show: what happened, what is safe, what to do. */
export function State({ joint, title, text, children, code, alert = false }: StateProps) {
  return (
    <div className="state" role={alert ? 'alert' : undefined}>
      {joint === 'none' ? null : (
        <svg className="state-joint" width="72" height="44" viewBox="0 0 72 44" aria-hidden="true">
          {JOINTS[joint]}
        </svg>
      )}
      <h2 className="h3">{title}</h2>
      {text === undefined ? null : <p className="ink-2 t13">{text}</p>}
      {children === undefined ? null : <div className="row state-acts">{children}</div>}
      {code === undefined ? null : <span className="mono ink-3">{code}</span>}
    </div>
  )
}

export interface ProblemStateProps {
  readonly error: unknown
  /** What could not be done, as a sentence. */
  readonly title: string
  readonly retry?: () => void
}

/** The face of a failed load; a refusal looks the same whether the thing exists or not. */
export function ProblemState({ error, title, retry }: ProblemStateProps) {
  const { t } = useTranslation()
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 403)) {
    return <State joint="locked" title={t('state.denied')} text={t('state.deniedText')} code={error.code} />
  }
  const away = error instanceof ApiProblem && error.status === 0
  const problem = error instanceof ApiProblem ? error : undefined
  const text = away ? t('state.unreachable') : problem?.message || t('state.unexpected')
  return (
    <State joint="broken" alert title={title} text={text} code={problem?.code ?? 'UI_UNEXPECTED'}>
      {retry === undefined ? null : (
        <Button icon={<Icon name="refresh" />} onClick={retry}>
          {t('state.retry')}
        </Button>
      )}
    </State>
  )
}
