import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'

export interface PictureProps {
  readonly ways: ReactNode
  /** Beside the ways: what is done with the picture as a whole. */
  readonly acts?: ReactNode
  /** The surface. */
  readonly children: ReactNode
  /** Instead of the surface on a phone: the same things one below the other. */
  readonly outline: ReactNode
  readonly side: Side
  /** The surface has all the room: there is nothing to be said beside it. */
  readonly isWide?: boolean
}

export interface Side {
  readonly title: string
  readonly beside?: string
  readonly icon?: ReactNode
  readonly acts?: ReactNode
  /** Undefined where the definition as a whole is shown. */
  readonly onClose?: (() => void) | undefined
  readonly content: ReactNode
}

/** A picture with what is selected in it beside it; on a phone a list, and a sheet from below. */
export function Picture({ ways, acts, children, outline, side, isWide = false }: PictureProps) {
  const isPhone = useIsPhone()
  if (isPhone) {
    return (
      <div className="canvas-page phone">
        <div className="row canvas-page-bar">{ways}</div>
        <div className="row canvas-page-acts">{acts}</div>
        {outline}
        {isWide ? null : side.onClose === undefined ? (
          <div className="canvas-page-whole">{side.content}</div>
        ) : (
          <Sheet open title={side.title} onClose={side.onClose}>
            {side.acts === undefined ? null : (
              <div className="row canvas-page-acts canvas-page-sheet-acts">{side.acts}</div>
            )}
            {side.content}
          </Sheet>
        )}
      </div>
    )
  }
  return (
    <div className={isWide ? 'canvas-page wide-page' : 'canvas-page'}>
      <div className="canvas-page-main">
        <div className="row canvas-page-bar">
          {ways}
          <span className="row end canvas-page-acts">{acts}</span>
        </div>
        <div className="canvas-page-surface">{children}</div>
      </div>
      {isWide ? null : <SideBeside side={side} />}
    </div>
  )
}

function SideBeside({ side }: { readonly side: Side }) {
  const { t } = useTranslation()
  return (
    <aside className="canvas-page-side" aria-label={side.title}>
      <header className="row canvas-page-side-head">
        {side.icon}
        <h2 className="h3 cut">{side.title}</h2>
        <span className="mono ink-3 cut end">{side.beside}</span>
        {side.onClose === undefined ? null : (
          <IconButton
            size="small"
            label={t('act.close')}
            icon={<Icon name="close" />}
            onClick={side.onClose}
          />
        )}
      </header>
      {side.acts === undefined ? null : <div className="row canvas-page-side-acts">{side.acts}</div>}
      <div className="canvas-page-side-body">{side.content}</div>
    </aside>
  )
}
