import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import type { IconName } from '../kit/icons/paths.ts'
import { cleanedHtml } from '../values/rich-text-clean.ts'
import { textOfValue, type WidgetProps } from './widget.ts'

const ACTS: readonly { readonly command: string; readonly icon: IconName }[] = [
  { command: 'bold', icon: 'bold' },
  { command: 'italic', icon: 'italic' },
  { command: 'insertUnorderedList', icon: 'list' },
  { command: 'removeFormat', icon: 'text' },
]

/**
 * Formatted text in the browser's own editor. What is pasted or loaded passes the same list of tags as what is
 * shown; execCommand is old, but every browser has it and no editor library weighs less than nothing.
 */
export function RichTextBox(props: WidgetProps) {
  const { t } = useTranslation()
  const editor = useRef<HTMLDivElement>(null)
  const written = useRef<string | undefined>(undefined)
  const value = textOfValue(props.value)
  useEffect(() => {
    if (editor.current === null || value === written.current) return
    written.current = value
    editor.current.replaceChildren(...cleanedHtml(value))
  }, [value])
  const report = (): void => {
    const element = editor.current
    if (element === null) return
    const empty = (element.textContent ?? '').trim() === '' && element.querySelector('img, hr') === null
    written.current = empty ? '' : element.innerHTML
    props.onChange(empty ? undefined : element.innerHTML)
  }
  return (
    <div className={props.invalid ? 'rich-box invalid' : 'rich-box'}>
      {props.readOnly ? null : (
        <div className="row rich-acts" role="toolbar" aria-label={t('rich.toolbar', { field: props.label })}>
          {ACTS.map(({ command, icon }) => (
            <IconButton
              key={command}
              label={t(`rich.${command}`)}
              icon={<Icon name={icon} />}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                editor.current?.focus()
                document.execCommand(command)
                report()
              }}
            />
          ))}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a textarea cannot hold formatted text */}
      <div
        ref={editor}
        id={props.id}
        className="rich-text rich-edit"
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={props.label}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        contentEditable={!props.readOnly}
        suppressContentEditableWarning
        onInput={report}
        onPaste={(event) => {
          event.preventDefault()
          document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
        }}
      />
    </div>
  )
}
