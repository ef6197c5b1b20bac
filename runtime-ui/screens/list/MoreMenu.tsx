import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { saveExport } from '../../api/export.ts'
import { useArrange } from '../../api/own-settings.ts'
import type { ListQuestion } from '../../api/records.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import { callingOf } from '../calls/may-call.ts'
import { activityAs } from '../log/callers.ts'
import { openLog } from '../log/open-log.ts'
import { useRefusal } from '../record/use-delete.ts'
import type { ListParts } from './ListHead.tsx'
import { columnsOf, PLAIN_VIEW } from './list-state.ts'

const RecyclingSheet = lazy(async () => ({
  default: (await import('../owners/RecyclingSheet.tsx')).RecyclingSheet,
}))

const ActsSheet = lazy(async () => ({ default: (await import('../bulk/ActsSheet.tsx')).ActsSheet }))

export interface MoreMenuProps extends Pick<ListParts, 'entity' | 'view'> {
  readonly question: ListQuestion
  /** The columns that a person has chosen. */
  readonly columns?: readonly string[] | undefined
  /** Begins to choose several on a phone. */
  readonly onChoose?: () => void
}

/** What is seldom wanted on a list: what is seen as a file, what is there twice, its recycle bin. */
export function MoreMenu({ entity, view, question, columns, onChoose }: MoreMenuProps) {
  const phone = useIsPhone()
  const { me, model } = useWork()
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { search } = useLocation()
  const refuse = useRefusal()
  const [showsRecycling, setShowsRecycling] = useState(false)
  const [showsActs, setShowsActs] = useState(false)
  const { filter, sort, q } = question
  const save = (): void => {
    const fields = columnsOf(entity, view, { columns }).map(({ field }) => field)
    const asked = {
      ...{ filter, fields: fields.join(','), language: i18n.language },
      ...(sort === undefined ? {} : { sort }),
      ...(q === undefined ? {} : { q }),
    }
    saveExport(entity.name, asked).then(() => toast({ text: t('export.begun') }), refuse)
  }
  const arrange = useArrange()
  const opening = me.settings.opening_views[entity.name]
  const hasBin = entity.rights.delete || entity.rights.restore
  const isOpening = view !== undefined && view.name === opening
  const items = [
    ...(phone && onChoose !== undefined
      ? [{ key: 'choose', icon: <Icon name="check" />, label: t('bulk.chooseSeveral'), onClick: onChoose }]
      : []),
    ...(view === undefined || entity.views.length < 2 || view.name === PLAIN_VIEW
      ? []
      : [
          {
            key: 'opening',
            icon: <Icon name={isOpening ? 'check' : 'star'} />,
            label: t(isOpening ? 'views.opens' : 'views.open'),
            onClick: () => {
              const text = isOpening ? 'views.opensUsual' : 'views.opensWith'
              arrange({ opening_views: { [entity.name]: isOpening ? null : view.name } }).then(
                () => toast({ text: t(text, { entities: entity.plural, view: view.label }) }),
                refuse,
              )
            },
          },
        ]),
    ...(activityAs(entity, model.entities, 'call') === undefined
      ? []
      : [
          {
            key: 'log',
            icon: <Icon name="phone" />,
            label: t('log.title', { entity: activityAs(entity, model.entities, 'call')?.entity.label }),
            onClick: () => openLog({ as: 'call' }),
          },
        ]),
    ...(callingOf(entity, model.entities) === undefined
      ? []
      : [
          {
            key: 'calls',
            icon: <Icon name="headset" />,
            label: t('calls.title'),
            onClick: () => void navigate(`/records/${entity.name}/calls${search}`),
          },
        ]),
    ...(entity.rights.import
      ? [
          {
            key: 'import',
            icon: <Icon name="upload" />,
            label: t('import.act'),
            onClick: () => void navigate(`/records/${entity.name}/import`),
          },
        ]
      : []),
    ...(entity.rights.export
      ? [{ key: 'export', icon: <Icon name="download" />, label: t('export.act'), onClick: save }]
      : []),
    ...(entity.pools.some(({ recycles }) => recycles)
      ? [
          {
            key: 'recycling',
            icon: <Icon name="clock" />,
            label: t('owner.recycling'),
            onClick: () => setShowsRecycling(true),
          },
        ]
      : []),
    ...(entity.compared === true
      ? [
          {
            key: 'duplicates',
            icon: <Icon name="merge" />,
            label: t('merge.find'),
            onClick: () => void navigate(`/records/${entity.name}/duplicates`),
          },
        ]
      : []),
    ...(onChoose === undefined
      ? []
      : [
          {
            key: 'acts',
            icon: <Icon name="undo" />,
            label: t('bulk.recent'),
            onClick: () => setShowsActs(true),
          },
        ]),
    {
      key: 'print',
      icon: <Icon name="document" />,
      label: t('print.act'),
      // After the menu is gone.
      onClick: () => setTimeout(() => window.print(), 300),
    },
    ...(hasBin
      ? [
          {
            key: 'bin',
            icon: <Icon name="trash" />,
            label: t('bin.title'),
            onClick: () => void navigate(`/records/${entity.name}/bin`),
          },
        ]
      : []),
  ]
  return (
    <>
      <Menu items={items} placement="bottomRight">
        <IconButton label={t('act.more')} icon={<Icon name="more" />} />
      </Menu>
      {showsActs ? (
        <Suspense fallback={null}>
          <ActsSheet onClose={() => setShowsActs(false)} />
        </Suspense>
      ) : null}
      {showsRecycling ? (
        <Suspense fallback={null}>
          <RecyclingSheet entity={entity} open onClose={() => setShowsRecycling(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
