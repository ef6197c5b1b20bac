import { Select, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '../api/types.ts'
import { Icon } from '../kit/icons/Icon.tsx'
import { chosenTags, tagInfo } from '../values/tags.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

const PLAIN: Pick<Field, 'tags'> = {}

/** Free words, Enter or a comma ends one; beside them the tags of groups. What rules give stays. */
export function Tags(props: WidgetProps) {
  const { t } = useTranslation()
  const field = props.context.entity?.fields.find(({ name }) => name === props.name) ?? PLAIN
  const offered = (field.tags?.groups ?? []).filter(({ by }) => by === 'people')
  const value = Array.isArray(props.value) ? (props.value as string[]) : []
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      mode="tags"
      {...(offered.length === 0 ? { open: false, suffixIcon: null } : {})}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      tokenSeparators={[',', '，', '、', ';', '；']}
      options={offered.map(({ name, label, options }) => ({
        key: name,
        label,
        options: options.map((option) => ({ value: option.name, label: option.label })),
      }))}
      value={value}
      // What is chosen stands in the list as well, by its name alone.
      optionRender={({ value: tag }) => tagInfo(field, String(tag)).label}
      tagRender={({ value: tag, onClose, closable }) => {
        const info = tagInfo(field, String(tag))
        if (!info.ruled) {
          return (
            <span className="chip tag-chip">
              {info.label}
              {closable ? (
                <button
                  type="button"
                  className="tag-remove"
                  aria-label={t('tags.remove', { tag: info.label })}
                  onClick={onClose}
                >
                  <Icon name="close" size="small" />
                </button>
              ) : null}
            </span>
          )
        }
        return (
          <Tooltip title={t('tags.byRule', { why: info.why ?? info.group ?? info.label })}>
            <span className="chip tag-chip ruled">
              <Icon name="lock" size="small" />
              {info.label}
            </span>
          </Tooltip>
        )
      }}
      onChange={(next: string[]) => {
        const words = chosenTags(field, value, next)
        props.onChange(words.length === 0 ? undefined : words)
      }}
    />
  )
}
