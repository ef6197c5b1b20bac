import { Input } from 'antd'
import { inEveryLanguage, writtenLanguages } from '../../../runtime-ui/i18n/languages.ts'
import { useReadChinese, useReading } from '../../naming/read-chinese.ts'
import { renamed, stagesOf } from '../../stages/stage-list.ts'
import { addressOf, definitionIn } from '../../store/draft.ts'
import { isObject } from '../../store/json-value.ts'
import { useStore } from '../../store/store.tsx'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { textVariant } from '../schema.ts'
import { madeNameAt, namedByLabel } from './named-by-label.ts'

/** Characters of a text that stands in one line. */
const MOST = 2_000

/** What people read, in each language that the pages know. Others that it is written in stay as they are. */
export function TextControl({ path, schema, value, title }: ControlProps) {
  const { kind, name, definition, inForce, readOnly, set } = useInspected()
  const { draft, fates, items } = useStore()
  const texts = isObject(value) ? value : {}
  const textOf = (language: string): string => {
    const text = typeof value === 'string' ? value : texts[language]
    return typeof text === 'string' ? text : ''
  }
  const change = (language: string, text: string): void => {
    const all = typeof value === 'string' ? inEveryLanguage(value) : texts
    const { [language]: _former, ...others } = all
    const next = text === '' ? others : { ...others, [language]: text }
    set(path, Object.keys(next).length === 0 ? undefined : next)
  }
  const naming = madeNameAt(definition, inForce, path)
  // By the English words if there are any, whichever was written last.
  const called =
    ['en', ...writtenLanguages().map(({ tag }) => tag)].map(textOf).find((text) => text.trim() !== '') ?? ''
  useReadChinese(naming === undefined ? '' : called)
  /** What is new in a list is named after what it is called, once that is written. */
  const { readThen: nameIt } = useReading((label, read) => {
    if (naming === undefined || readOnly) return
    const others = [...fates.keys()].filter((key) => key !== `${kind}/${name}`)
    const said = others.map((key) =>
      definitionIn(draft, addressOf(key), items.get(key)?.definition ?? undefined),
    )
    const wanted = namedByLabel(definition, inForce, path, { label, elsewhere: JSON.stringify(said), read })
    if (wanted === undefined) return
    const list = path.slice(0, -2)
    if (kind === 'pipeline' && list.join() === 'stages') {
      set(list, renamed(stagesOf(definition), Number(path.at(-2)), wanted))
    } else set([...path.slice(0, -1), 'name'], wanted)
  })
  const limit = textVariant(schema)?.maxLength ?? MOST
  return (
    <div className="text-control">
      {writtenLanguages().map(({ tag, name, mark }, at) => {
        const shared = {
          id: at === 0 ? controlId(path) : undefined,
          'aria-label': at === 0 ? undefined : `${title} (${name})`,
          lang: tag,
          disabled: readOnly,
          maxLength: limit,
          autoComplete: 'off',
          value: textOf(tag),
          onChange: (event: { readonly target: { readonly value: string } }) =>
            change(tag, event.target.value),
          onBlur: () => nameIt(called),
        }
        return limit > MOST ? (
          <Input.TextArea key={tag} {...shared} autoSize={{ minRows: 3, maxRows: 16 }} />
        ) : (
          <Input key={tag} {...shared} prefix={<span className="t12 ink-3">{mark}</span>} />
        )
      })}
    </div>
  )
}
