import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../../metadata/text.ts'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { overlayPlace } from '../../../runtime-ui/kit/overlays.ts'
import { fieldIcon } from '../../model/field-icons.ts'
import { SearchBox } from '../../SearchBox.tsx'
import { helpOf, type Schema, titleOf } from '../schema.ts'
import { FIELD_EXAMPLES, FIELD_GROUPS, type FieldGroup } from './field-examples.ts'

interface FieldGalleryProps {
  readonly variants: readonly { readonly value: string; readonly schema: Schema }[]
  /** Absent where a new field is chosen. */
  readonly title?: string
  /** What becomes of values that are there. */
  readonly becomes?: Readonly<Record<string, 'safe' | 'lossy'>> | undefined
  readonly onChoose: (type: string) => void
  readonly onClose: () => void
}

/** All types that a field may have: what each is called, what it keeps, and an example. */
export function FieldGallery({ variants, title: heading, becomes, onChoose, onClose }: FieldGalleryProps) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const grouped: ReadonlySet<string> = new Set(Object.values(FIELD_GROUPS).flat())
  const cardOf = ({ value, schema }: FieldGalleryProps['variants'][number]) => ({
    value,
    title: titleOf(schema, i18n.language, value),
    help: helpOf(schema, i18n.language),
    example: textIn(FIELD_EXAMPLES[value], i18n.language, ''),
  })
  const groups = (Object.keys(FIELD_GROUPS) as FieldGroup[]).map((group) => {
    const types: readonly string[] = FIELD_GROUPS[group]
    const own = types.flatMap((type) => variants.filter(({ value }) => value === type))
    // A type that a plugin brings has no group of its own.
    const rest = group === 'other' ? variants.filter(({ value }) => !grouped.has(value)) : []
    const cards = [...own, ...rest]
      .map(cardOf)
      .filter((card) =>
        `${card.value} ${card.title} ${card.help} ${card.example}`.toLowerCase().includes(wanted),
      )
    return { group, cards }
  })
  const isDeadEnd = variants.length === 0
  const shown = groups.filter(({ cards }) => cards.length > 0)
  return (
    <Modal
      open
      width={820}
      footer={null}
      getContainer={overlayPlace}
      title={heading ?? t('fields.choose')}
      onCancel={onClose}
    >
      {isDeadEnd ? (
        <p>{t('fields.becomesNone')}</p>
      ) : (
        <>
          <SearchBox label={t('fields.find')} value={text} onChange={setText} />
          {becomes === undefined ? null : <p className="t13 ink-2 field-kept">{t('fields.becomesKept')}</p>}
        </>
      )}
      <div className="field-gallery">
        {shown.length === 0 && !isDeadEnd ? <p className="t13 ink-3">{t('fields.none')}</p> : null}
        {shown.map(({ group, cards }) => (
          <section key={group} aria-labelledby={`fields-${group}`}>
            <h3 className="t13 ink-2" id={`fields-${group}`}>
              {t(`fields.group.${group}`)}
            </h3>
            <ul>
              {cards.map(({ value, title, help, example }) => (
                <li key={value}>
                  <button type="button" className="field-card" onClick={() => onChoose(value)}>
                    <Icon name={fieldIcon(value)} />
                    <span className="field-card-words">
                      <span className="strong">{title}</span>
                      <span className="t12 ink-2">{help}</span>
                      {becomes?.[value] === undefined ? null : (
                        <span className={`t12 field-becomes ${becomes[value]}`}>
                          {t(`fields.becomes.${becomes[value]}`)}
                        </span>
                      )}
                      {example === '' ? null : (
                        <span className="t12 ink-3">{t('fields.like', { example })}</span>
                      )}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {becomes === undefined || isDeadEnd ? null : <p className="t13 ink-2">{t('fields.becomesOthers')}</p>}
      </div>
    </Modal>
  )
}
