import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { removeView, saveView } from '../../../api/views.ts'
import { Button } from '../../../kit/Button.tsx'
import { Menu } from '../../../kit/Menu.tsx'
import { toast } from '../../../kit/toast.tsx'
import { useRefusal } from '../../record/use-delete.ts'
import type { ListParts } from '../ListHead.tsx'
import { AS_THE_VIEW } from '../list-state.ts'
import { definitionOf, isArranged, isChanged } from './definition-of.ts'
import { OWN_VIEWS } from './use-own-views.ts'

const SaveSheet = lazy(async () => ({ default: (await import('./SaveSheet.tsx')).SaveSheet }))

/** Keeps what a person has made of a list: in the view that is theirs, or as another one. */
export function ViewActs(props: ListParts) {
  const { entity, view, state, change } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [isSaving, setIsSaving] = useState(false)
  const isOwn = view?.belongsTo !== undefined
  const changed = isChanged(state) || (isOwn && isArranged(state))
  if (view === undefined || view.type === 'tree' || (!changed && !isOwn)) return null
  const run = async (act: () => Promise<unknown>, text: string, next: Parameters<typeof change>[0]) => {
    try {
      await act()
      await queryClient.invalidateQueries({ queryKey: [OWN_VIEWS] })
      change(next, true)
      toast({ text })
    } catch (error) {
      refuse(error)
    }
  }
  const keep = () =>
    run(
      () => saveView(definitionOf(entity, view, state)),
      t('views.saved', { view: view.label }),
      AS_THE_VIEW,
    )
  const remove = () =>
    run(() => removeView(view.name), t('views.removed', { view: view.label }), {
      ...AS_THE_VIEW,
      view: undefined,
    })
  const items = [
    ...(changed
      ? [{ key: 'keep', label: t('views.keep', { view: view.label }), onClick: () => void keep() }]
      : []),
    ...(changed ? [{ key: 'new', label: t('views.saveNew'), onClick: () => setIsSaving(true) }] : []),
    {
      key: 'remove',
      danger: true,
      label: t('views.remove', { view: view.label }),
      onClick: () => void remove(),
    },
  ]
  return (
    <>
      {isOwn ? (
        <Menu items={items} placement="bottomRight">
          <Button type={changed ? 'default' : 'text'}>{t(changed ? 'views.save' : 'views.own')}</Button>
        </Menu>
      ) : (
        <Button onClick={() => setIsSaving(true)}>{t('views.save')}</Button>
      )}
      {isSaving ? (
        <Suspense fallback={null}>
          <SaveSheet {...props} view={view} onClose={() => setIsSaving(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
