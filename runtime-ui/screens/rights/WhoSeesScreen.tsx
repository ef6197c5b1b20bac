import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { NotFound } from '../NotFound.tsx'
import { FieldSights } from './FieldSights.tsx'
import './rights.css'

/** “Who can see this field?”, for those who manage users or look after the definitions. */
export function WhoSeesScreen() {
  const { me } = useWork()
  const may = me.administration.includes('users') || me.definitions.length > 0
  return may ? <WhoSees /> : <NotFound />
}

function WhoSees() {
  const { t } = useTranslation()
  const { model } = useWork()
  const [search, setSearch] = useSearchParams()
  const entity = model.entities.find(({ name }) => name === search.get('entity'))
  const field = entity?.fields.find(({ name }) => name === search.get('field'))
  return (
    <Page title={t('rights.who')} line>
      <div className="list-body">
        <div className="who">
          <div className="who-pick">
            <Picker
              id="who-entity"
              label={t('rights.entity')}
              value={entity?.name}
              options={model.entities.map(({ name, label }) => ({ value: name, label }))}
              onChange={(next) => setSearch({ entity: next }, { replace: true })}
            />
            <Picker
              id="who-field"
              label={t('access.field')}
              value={field?.name}
              options={fieldsOf(entity)}
              onChange={(next) => setSearch({ entity: entity?.name ?? '', field: next }, { replace: true })}
            />
          </div>
          {entity === undefined || field === undefined ? (
            <State joint="empty" title={t('rights.pick')} text={t('rights.pickText')} />
          ) : (
            <FieldSights entity={entity.name} field={field.name} />
          )}
        </div>
      </div>
    </Page>
  )
}

const fieldsOf = (entity: Entity | undefined) =>
  (entity?.fields ?? []).map(({ name, label }) => ({ value: name, label }))

interface PickerProps {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (next: string) => void
}

function Picker({ id, label, value, options, onChange }: PickerProps) {
  const { t } = useTranslation()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        className="wide"
        showSearch={{ optionFilterProp: 'label' }}
        suffixIcon={<Icon name="chevron_down" />}
        disabled={options.length === 0}
        placeholder={t('rights.choose')}
        value={value ?? null}
        options={[...options]}
        onChange={onChange}
      />
    </div>
  )
}
