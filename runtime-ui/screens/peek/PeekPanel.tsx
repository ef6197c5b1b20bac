import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { recordAddress } from '../frame/places.ts'
import { activityAs } from '../log/callers.ts'
import { openLog } from '../log/open-log.ts'
import { closePeek } from './open-peek.ts'
import { PeekBody } from './PeekBody.tsx'
import './peek.css'

/** What one knows of a record, beside the list that one does not leave. */
export function PeekPanel({
  entity,
  id,
  place,
}: {
  readonly entity: Entity
  readonly id: string
  readonly place: string
}) {
  const { t } = useTranslation()
  const { model } = useWork()
  const navigate = useNavigate()
  return (
    <aside className="peek" aria-label={t('peek.title')}>
      <div className="row peek-bar">
        <span className="t12 ink-3 num grow">{place}</span>
        {activityAs(entity, model.entities, 'call') === undefined ? null : (
          <Button size="small" onClick={() => openLog({ as: 'call', about: { entity: entity.name, id } })}>
            {t('peek.log')} <kbd>L</kbd>
          </Button>
        )}
        <Button size="small" onClick={() => void navigate(recordAddress(entity.name, id))}>
          {t('peek.whole')} <kbd>↵</kbd>
        </Button>
        <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={closePeek} />
      </div>
      <PeekBody entity={entity} id={id} />
    </aside>
  )
}
