import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { spokenOf } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LanguageChoice } from '../../runtime-ui/kit/LanguageChoice.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { PickField, PREVIEW_REST_MS, PreviewFault } from '../connections/MessagePreview.tsx'
import { useRested } from '../inspector/use-rested.ts'
import type { Json } from '../store/json-value.ts'
import { type Block, previewDocument, savePdf, type Words } from './api.ts'
import './documents.css'

export interface DocumentPreviewProps {
  readonly name: string
  readonly entity: string | undefined
  /** As it is being written; undefined where it is as it is in force. */
  readonly drafted: Json | undefined
}

/** A document as it will be printed: of which record, in which language. */
export function DocumentPreview({ name, entity, drafted }: DocumentPreviewProps) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const [language, setLanguage] = useState<string>(() => spokenOf(model.languages, i18n.language))
  const [record, setRecord] = useState<string>()
  const document = useRested(drafted, PREVIEW_REST_MS)
  const body = {
    ...(document === undefined ? { name } : { document }),
    language,
    ...(record === undefined ? {} : { record }),
  }
  const query = useQuery({
    queryKey: ['document-preview', body],
    queryFn: () => previewDocument(body),
    placeholderData: keepPreviousData,
  })
  const pdf = useMutation({ mutationFn: async () => savePdf(await previewDocument({ ...body, pdf: true })) })
  const isKnown = model.entities.some((one) => one.name === entity && one.rights.read)
  return (
    <section className="message-preview" aria-labelledby="preview">
      <h2 className="h2" id="preview">
        {t('preview.title')}
      </h2>
      <div className="row preview-tools">
        <LanguageChoice
          label={t('preview.language')}
          value={language}
          onChange={setLanguage}
          among={model.languages}
        />
        {entity === undefined || !isKnown ? null : (
          <PickField
            label={t('preview.record')}
            id="preview-record"
            entity={entity}
            value={record}
            onChange={setRecord}
          />
        )}
        <Button
          icon={<Icon name="download" />}
          onClick={() => pdf.mutate()}
          disabled={!query.isSuccess || pdf.isPending}
        >
          {t('documents.pdf')}
        </Button>
      </div>
      {pdf.isError ? (
        <p className="t13 bad" role="alert">
          {t('documents.failed')}
        </p>
      ) : null}
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? (
        <PreviewFault
          error={query.error}
          isWritten={document !== undefined}
          retry={() => void query.refetch()}
        />
      ) : null}
      {query.isSuccess ? (
        <article className="document-sheet" lang={language}>
          {query.data.logo === null ? null : (
            <img className="document-logo" src={query.data.logo} alt={t('documents.logo')} />
          )}
          {query.data.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
            <BlockView key={index} block={block} />
          ))}
        </article>
      ) : null}
    </section>
  )
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <h3 className="document-title">
          <WordsView words={block.words} />
        </h3>
      ) : (
        <h4>
          <WordsView words={block.words} />
        </h4>
      )
    case 'paragraph':
      return (
        <p>
          <WordsView words={block.words} />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((words, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
            <li key={index}>
              <WordsView words={words} />
            </li>
          ))}
        </ul>
      )
    case 'table':
      return <TableView block={block} />
    case 'line':
      return <hr />
  }
}

function TableView({ block }: { readonly block: Extract<Block, { readonly kind: 'table' }> }) {
  return (
    <table className={block.hasHeader ? 'lined' : ''}>
      <tbody>
        {block.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <tr key={at}>
            {row.map(({ words, align }, column) => {
              const Cell = block.hasHeader && at === 0 ? 'th' : 'td'
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
                <Cell key={column} className={`at-${align}`}>
                  <WordsView words={words} />
                </Cell>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WordsView({ words }: { readonly words: Words }) {
  return words.map(({ text, isStrong }, index) => {
    const key = `${index} ${text}`
    return isStrong ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>
  })
}
