import { type ReactNode, useContext, useEffect } from 'react'
import { Link } from 'react-router'
import { Icon } from './icons/Icon.tsx'
import { PhoneActs } from './phone-acts.ts'

export interface Crumb {
  readonly label: string
  readonly to: string
}

export interface PageProps {
  readonly title: string
  /** False where the page shows its title itself, larger. */
  readonly heading?: boolean
  readonly crumbs?: readonly Crumb[]
  /** Beside the title: a count, a hint. */
  readonly beside?: ReactNode
  /** At the right; at most one primary. */
  readonly acts?: ReactNode
  readonly line?: boolean
  /** On a phone the bar leads back instead of showing the way. */
  readonly backTo?: string
  readonly backLabel?: string
  readonly children: ReactNode
}

/** A sheet: the bar with the crumb left and the acts right, and what is below. */
export function Page({
  title,
  heading = true,
  crumbs = [],
  beside,
  acts,
  line = false,
  backTo,
  backLabel,
  children,
}: PageProps) {
  const phoneActs = useContext(PhoneActs)
  useEffect(() => {
    document.title = `${title} · Tenon`
  }, [title])
  return (
    <main className="sheet" id="main" tabIndex={-1}>
      <header className={line ? 'bar line' : 'bar'}>
        {backTo === undefined ? null : (
          <Link className="icon-link only-phone" to={backTo} aria-label={backLabel}>
            <Icon name="back" />
          </Link>
        )}
        <nav className="crumb" aria-label={title}>
          {crumbs.map((crumb) => (
            <span key={crumb.to} className="row crumb-part no-phone">
              <Link to={crumb.to}>{crumb.label}</Link>
              {heading ? <Icon name="chevron_right" size="small" /> : null}
            </span>
          ))}
          {heading ? (
            <h1 className="crumb-here cut" aria-current="page">
              {title}
            </h1>
          ) : null}
        </nav>
        {beside}
        <span className="row end bar-acts">
          {backTo === undefined ? phoneActs : null}
          {acts}
        </span>
      </header>
      {children}
    </main>
  )
}
