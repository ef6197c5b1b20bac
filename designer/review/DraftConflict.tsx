import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { useStore } from '../store/store.tsx'
import { Conflicts } from './Conflicts.tsx'
import './review.css'

/** Another window has changed the same of this draft: the person says whose value stands, place by place. */
export function DraftConflict() {
  const { t } = useTranslation()
  const { saving, problems, settle } = useStore()
  const [later, setLater] = useState<unknown>()
  const conflicts = problems.filter(({ code }) => code === 'META_DRAFT_MOVED')
  if (saving.state !== 'failed' || saving.key === undefined || conflicts.length === 0) return null
  const { key, error } = saving
  // The engine wants them below the definition, the page has them below kind and name.
  const inside = (paths: readonly string[]) => paths.map((path) => path.slice(key.length + 1))
  return (
    <Modal
      open={later !== error}
      width={560}
      getContainer={overlayPlace}
      closable={false}
      title={t('drafts.conflictWindow')}
      onCancel={() => setLater(error)}
      footer={<Button onClick={() => setLater(error)}>{t('drafts.later')}</Button>}
    >
      <Conflicts
        conflicts={conflicts}
        title={t('drafts.conflictWindow')}
        text={t('drafts.conflictWindowText')}
        isWindow
        isBusy={false}
        onResolve={({ ours, theirs }) => settle(key, { ours: inside(ours), theirs: inside(theirs) })}
      />
    </Modal>
  )
}
