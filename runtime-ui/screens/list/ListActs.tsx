import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ListDrop } from './ListDrop.tsx'
import { MoreMenu, type MoreMenuProps } from './MoreMenu.tsx'

const InviteAct = lazy(async () => ({ default: (await import('../people/InviteAct.tsx')).InviteAct }))

/** What is done with a list as a whole: the menu, a new record, an invitation. */
export function ListActs({ entity, view, question, ...menu }: MoreMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useWork()
  const invites = entity.name === 'user' && entity.rights.create && me.administration.includes('users')
  return (
    <>
      {entity.rights.import ? <ListDrop entity={entity} /> : null}
      <MoreMenu entity={entity} view={view} question={question} {...menu} />
      {entity.rights.create ? (
        <Button
          type={invites ? 'default' : 'primary'}
          icon={<Icon name="plus" />}
          className="no-phone"
          onClick={() => void navigate(`/records/${entity.name}/new`)}
        >
          {t('act.newOf', { entity: entity.label })}
          <kbd className={invites ? undefined : 'on-brand'}>C</kbd>
        </Button>
      ) : null}
      {invites ? (
        <Suspense fallback={null}>
          <InviteAct entity={entity} />
        </Suspense>
      ) : null}
    </>
  )
}
