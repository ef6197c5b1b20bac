import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { fieldIcon } from '../model/field-icons.ts'
import { definitionAddress } from '../places.ts'
import { useLayoutPicture } from './layout-context.ts'
import { placedFields, placeOf } from './layout-edit.ts'

/** What a field on the form is, and in which section it stands. */
export function FieldSide({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { entity, sections = [], readOnly, fieldOf, labelOf, acts } = useLayoutPicture()
  const field = fieldOf(name)
  const place = placeOf(sections, name)
  return (
    <div className="layout-side">
      <dl className="layout-facts">
        <dt>{t('layouts.type')}</dt>
        <dd className="row">
          <Icon name={fieldIcon(field.type)} />
          {field.typeWord}
        </dd>
        <dt>{t('layouts.required')}</dt>
        <dd>{t(field.isRequired ? 'layouts.yes' : 'layouts.no')}</dd>
      </dl>
      {readOnly || place === undefined ? null : (
        <div className="field">
          <label htmlFor="layout-section">{t('layouts.inSection')}</label>
          <Select
            id="layout-section"
            className="wide"
            value={place.section}
            options={sections.map((section, value) => ({ value, label: labelOf(section) }))}
            suffixIcon={<Icon name="chevron_down" />}
            onChange={(section) =>
              acts.drop({ field: name }, { place: { section, at: sections[section]?.fields.length ?? 0 } })
            }
          />
        </div>
      )}
      <p className="t13 ink-2">{t('layouts.fieldText')}</p>
      <Link className="link t13" to={definitionAddress('entity', entity)}>
        {t('layouts.openEntity')}
      </Link>
    </div>
  )
}

/** Adds fields to a section without dragging. */
export function AddFields({ at }: { readonly at: number }) {
  const { t } = useTranslation()
  const { sections = [], fields, acts } = useLayoutPicture()
  const placed = placedFields(sections)
  const offered = fields.filter(({ name }) => !placed.has(name))
  if (offered.length === 0) return null
  return (
    <Select<string, { value: string; label: string }>
      className="wide layout-add-field"
      aria-label={t('layouts.addField')}
      placeholder={t('layouts.addField')}
      value={null as unknown as string}
      options={offered.map(({ name, label, typeWord }) => ({ value: name, label: `${label} · ${typeWord}` }))}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="plus" />}
      onChange={(name) =>
        acts.drop({ field: name }, { place: { section: at, at: sections[at]?.fields.length ?? 0 } })
      }
    />
  )
}
