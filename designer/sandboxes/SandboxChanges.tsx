import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { listKinds } from '../api.ts'
import { kindIcon, labelText } from '../places.ts'
import { FateChip } from '../review/FateChip.tsx'
import type { SandboxChange, WholeSandbox } from './api.ts'

export const keyOf = ({ kind, name }: SandboxChange): string => `${kind}/${name}`

interface SandboxChangesProps {
  readonly sandbox: WholeSandbox
  /** What stays behind when it is promoted. */
  readonly left: ReadonlySet<string>
  readonly onLeft: (left: ReadonlySet<string>) => void
}

/** One line a definition: what becomes of it in the live workspace, and whether that has changed it too. */
export function SandboxChanges({ sandbox, left, onLeft }: SandboxChangesProps) {
  const { t, i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const { changes, base_version: base, live_version: live } = sandbox
  const shared = changes.filter(({ conflicts }) => conflicts.length > 0).length
  const kindOf = (kind: string): string =>
    labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)
  const toggle = (key: string): void => {
    const next = new Set(left)
    if (!next.delete(key)) next.add(key)
    onLeft(next)
  }
  const standing = t(base === live ? 'sandboxes.onLive' : 'sandboxes.behind', { base, live })
  if (changes.length === 0)
    return <State joint="empty" title={t('sandboxes.same')} text={`${t('sandboxes.sameText')} ${standing}`} />
  return (
    <>
      <p className="sandbox-says">
        <span className="strong">{t('sandboxes.differs', { count: changes.length })}</span>{' '}
        {shared === 0 ? null : <span>{t('sandboxes.shared', { count: shared })} </span>}
        <span className="ink-3">{standing}</span>
      </p>
      <ul className="definitions">
        {changes.map((change) => {
          const key = keyOf(change)
          const label = textIn(change.label, i18n.language, change.name)
          return (
            <li key={key} className="definition-row" data-change={key}>
              <Checkbox checked={!left.has(key)} aria-label={label} onChange={() => toggle(key)} />
              <Icon name={kindIcon(change.kind)} />
              <span className="grow sandbox-name">
                <span className="strong cut">{label}</span>
                <span className="t12 ink-3 cut">{kindOf(change.kind)}</span>
              </span>
              {change.conflicts.length === 0 ? null : (
                <span className="chip ochre">
                  {t('sandboxes.conflicts', { count: change.conflicts.length })}
                </span>
              )}
              <FateChip fate={change.fate} />
            </li>
          )
        })}
      </ul>
    </>
  )
}
