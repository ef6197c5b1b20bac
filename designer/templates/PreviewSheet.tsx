import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { listKinds } from '../api.ts'
import { labelText } from '../places.ts'
import { type Content, readContents, type TemplateItem } from './api.ts'
import { Pictures } from './Pictures.tsx'

interface PreviewSheetProps {
  readonly template: TemplateItem | undefined
  readonly onInstall: ((template: TemplateItem) => void) | undefined
  readonly onClose: () => void
}

/** What a template is, before anything of it is installed: pictures, what it asks, and every definition in a sentence. */
export function PreviewSheet({ template, onInstall, onClose }: PreviewSheetProps) {
  const { t, i18n } = useTranslation()
  const mayInstall = onInstall !== undefined && template?.installed === null
  return (
    <Sheet
      open={template !== undefined}
      title={template === undefined ? '' : textIn(template.label, i18n.language, template.name)}
      width={680}
      onClose={onClose}
      footer={
        mayInstall ? (
          <Button type="primary" onClick={() => onInstall(template)}>
            {t('templates.install')}
          </Button>
        ) : null
      }
    >
      {template === undefined ? null : <Preview key={template.name} template={template} />}
    </Sheet>
  )
}

function Preview({ template }: { readonly template: TemplateItem }) {
  const { t, i18n } = useTranslation()
  const { name, summary, parameters } = template
  const query = useQuery({ queryKey: ['templates', name, i18n.language], queryFn: () => readContents(name) })
  return (
    <div className="template-preview">
      <Pictures template={template} />
      {summary === undefined ? null : <p className="ink-2">{textIn(summary, i18n.language, name)}</p>}
      {parameters.length === 0 ? null : (
        <section aria-labelledby="preview-asks">
          <h3 id="preview-asks" className="h4">
            {t('templates.asks')}
          </h3>
          <ul className="template-asks t13">
            {parameters.map((one) => (
              <li key={one.name}>{textIn(one.label, i18n.language, one.name)}</li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="preview-holds">
        <h3 id="preview-holds" className="h4">
          {t('templates.contents')}
        </h3>
        {query.isPending ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState
            error={query.error}
            title={t('templates.failed')}
            retry={() => void query.refetch()}
          />
        ) : null}
        {query.data === undefined ? null : <Contents contents={query.data} />}
      </section>
    </div>
  )
}

/** What people look for first; the other kinds follow. */
const FIRST = ['entity', 'pipeline', 'flow', 'approval', 'assignment', 'role', 'scenario']

function Contents({ contents }: { readonly contents: readonly Content[] }) {
  const { i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['entity']))
  const place = (kind: string): number => (FIRST.indexOf(kind) + FIRST.length + 1) % (FIRST.length + 1)
  const names = [...new Set(contents.map(({ kind }) => kind))].sort((one, other) => place(one) - place(other))
  return names.map((kind) => {
    const all = contents.filter((one) => one.kind === kind)
    const label = labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)
    return (
      <details
        key={kind}
        className="template-kind"
        data-kind={kind}
        open={open.has(kind)}
        onToggle={({ currentTarget }) => {
          const others = [...open].filter((one) => one !== kind)
          if (currentTarget.open !== open.has(kind))
            setOpen(new Set(currentTarget.open ? [...others, kind] : others))
        }}
      >
        <summary>
          {label} <span className="num ink-3">{all.length}</span>
        </summary>
        {open.has(kind) ? (
          <ul>
            {all.map(({ name, sentence }) => (
              <li key={name} className="t13">
                {textIn(sentence, i18n.language, name)}
              </li>
            ))}
          </ul>
        ) : null}
      </details>
    )
  })
}
