import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { request } from '../../runtime-ui/api/client.ts'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Json, Path } from '../store/json-value.ts'
import { useInspected } from './inspected.ts'
import { type Changed, lastChange } from './last-change.ts'

interface PropertyHelpProps {
  readonly path: Path
  readonly title: string
  readonly help: string
}

/** What a property means, and who has changed it last; told where the mouse rests or the focus is. */
export function PropertyHelp({ path, title, help }: PropertyHelpProps) {
  const { t } = useTranslation()
  const { inForce } = useInspected()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Tooltip
      placement="right"
      trigger={['hover', 'focus']}
      open={isOpen}
      onOpenChange={setIsOpen}
      title={
        <>
          {help}
          {isOpen && inForce !== undefined ? <LastChange {...{ path, inForce }} /> : null}
        </>
      }
    >
      <button type="button" className="property-help" aria-label={t('inspector.helpOf', { title })}>
        <Icon name="help" size="small" />
      </button>
    </Tooltip>
  )
}

interface DefinitionChanged extends Changed {
  readonly at: string
  /** Null: Tenon itself. */
  readonly by: { readonly id: string; readonly label: string | null } | null
}

const listChanges = async (kind: string, name: string): Promise<readonly DefinitionChanged[]> =>
  (
    await request<{ data: readonly DefinitionChanged[] }>(
      `/api/meta/definitions/${encodeURIComponent(kind)}/${encodeURIComponent(name)}/changes`,
    )
  ).data

function LastChange({ path, inForce }: { readonly path: Path; readonly inForce: Json }) {
  const { t } = useTranslation()
  const { kind } = useInspected()
  const name = String(inForce.name)
  const { data } = useQuery({
    queryKey: ['meta', 'changes', kind, name],
    queryFn: () => listChanges(kind, name),
    staleTime: 60_000,
  })
  const change = data === undefined ? undefined : lastChange(data, inForce, path)
  if (change === undefined) return null
  const who = change.by === null ? t('history.system') : (change.by.label ?? t('record.somebody'))
  return (
    <span className="property-changed t12">
      {t('inspector.lastChanged', { who })} <InstantText instant={change.at} />
    </span>
  )
}
