import { type ReactNode, useId } from 'react'

export interface SectionProps {
  readonly title: string
  readonly text?: string
  readonly acts?: ReactNode
  readonly children: ReactNode
}

/** One matter of the account, with its heading. */
export function Section({ title, text, acts, children }: SectionProps) {
  const id = useId()
  return (
    <section className="account-section" aria-labelledby={id}>
      <div className="row account-head">
        <h2 className="h2" id={id}>
          {title}
        </h2>
        <span className="row end">{acts}</span>
      </div>
      {text === undefined ? null : <p className="t13 ink-3">{text}</p>}
      {children}
    </section>
  )
}
