import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { Listed } from '../Listed.tsx'
import { faultsIn, RefusedSheet } from '../RefusedSheet.tsx'
import { isObject, valueAt } from '../store/json-value.ts'
import { AnswersDialog } from './AnswersDialog.tsx'
import {
  type Answers,
  draftOf,
  importArchive,
  listTemplates,
  type Parameter,
  type TemplateItem,
} from './api.ts'
import { newIn } from './asked.ts'
import { DemoDialog } from './DemoDialog.tsx'
import { InstallDialog } from './InstallDialog.tsx'
import { PreviewSheet } from './PreviewSheet.tsx'
import { SaveSheet } from './SaveSheet.tsx'
import { TemplateRow } from './TemplateRow.tsx'
import { UninstallDialog } from './UninstallDialog.tsx'
import './templates.css'
import { useArchivePlace } from './use-archive-place.ts'

const TEMPLATES = ['templates'] as const

/** The templates that there are: what each holds, and the ways into this workspace and out of it. */
export function TemplatesPage() {
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const client = useQueryClient()
  const navigate = useNavigate()
  const picker = useRef<HTMLInputElement>(null)
  const [installing, setInstalling] = useState<TemplateItem>()
  const [looking, setLooking] = useState<TemplateItem>()
  const [asking, setAsking] = useState<Asking>()
  const [leaving, setLeaving] = useState<TemplateItem>()
  const [isSaving, setSaving] = useState(false)
  const [isCleaning, setCleaning] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const archivePlace = useArchivePlace(refused?.archive, refused?.refusal)
  const query = useQuery({ queryKey: TEMPLATES, queryFn: listTemplates })
  const mayAct = me.viewer === undefined
  /** Opens the draft that comes of it, where it is looked at before anything is in force. */
  const review = async (open: () => Promise<string>, archive?: unknown): Promise<void> => {
    try {
      const id = await open()
      await client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
      await navigate(`/designer/drafts/${id}`)
    } catch (error) {
      setRefused({ refusal: error, archive })
    }
  }
  const take = async (file: File): Promise<void> => {
    const text = await file.text()
    const archive = parsed(text) ?? text
    const parameters = askedBy(archive)
    if (parameters.length === 0) return review(() => importArchive(archive), archive)
    const send = (answers: Answers) => importArchive({ ...(archive as object), answers })
    setAsking({ title: file.name, parameters, answers: {}, send, archive })
  }
  const upgrade = (template: TemplateItem, parameters: readonly Parameter[]): void => {
    const send = (answers: Answers) => draftOf(template.name, 'upgrade', { answers })
    if (parameters.length === 0) void review(() => send({}))
    else
      setAsking({
        title: textIn(template.label, i18n.language, template.name),
        parameters,
        answers: template.answers,
        send,
      })
  }
  const hasDemo = (query.data ?? []).some((one) => one.installed !== null && one.has_data)
  const labelOf = (name: string): string =>
    textIn(query.data?.find((one) => one.name === name)?.label, i18n.language, name)
  const more = [
    {
      key: 'archive',
      icon: <Icon name="upload" />,
      label: t('templates.archive'),
      onClick: () => picker.current?.click(),
    },
    ...(me.administration.includes('export')
      ? [
          {
            key: 'save',
            icon: <Icon name="download" />,
            label: t('templates.save'),
            onClick: () => setSaving(true),
          },
        ]
      : []),
    // Where a template with data is there it stands beside: two presses, not three.
    ...(hasDemo
      ? []
      : [
          {
            key: 'demo',
            icon: <Icon name="trash" />,
            label: t('templates.demo'),
            onClick: () => setCleaning(true),
          },
        ]),
  ]
  return (
    <Page
      title={t('templates.title')}
      line
      beside={<span className="count num">{query.data?.length}</span>}
      acts={
        mayAct ? (
          <>
            {hasDemo ? (
              <Button type="text" icon={<Icon name="trash" />} onClick={() => setCleaning(true)}>
                {t('templates.demo')}
              </Button>
            ) : null}
            <Menu items={more} placement="bottomRight">
              <IconButton label={t('act.more')} icon={<Icon name="more" />} />
            </Menu>
          </>
        ) : null
      }
    >
      <Listed query={query} failed="templates.failed">
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={t('templates.archive')}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            target.value = ''
            if (file !== undefined) void take(file)
          }}
        />
        <ul className="templates">
          {(query.data ?? []).map((template) => (
            <TemplateRow
              key={template.name}
              template={template}
              labelOf={labelOf}
              mayAct={mayAct}
              onInstall={() => setInstalling(template)}
              onLook={() => setLooking(template)}
              onUpgrade={() => upgrade(template, newIn(template))}
              onAnswer={() => upgrade(template, template.parameters)}
              onUninstall={() => setLeaving(template)}
            />
          ))}
        </ul>
      </Listed>
      <PreviewSheet
        template={looking}
        onClose={() => setLooking(undefined)}
        onInstall={
          mayAct
            ? (template) => {
                setLooking(undefined)
                setInstalling(template)
              }
            : undefined
        }
      />
      {asking === undefined ? null : (
        <AnswersDialog
          title={t('templates.askTitle', { label: asking.title })}
          text={t('templates.askText')}
          act={t('templates.uninstallIt')}
          parameters={asking.parameters}
          answers={asking.answers}
          onClose={() => setAsking(undefined)}
          onSubmit={async (answers) => {
            const id = await asking.send(answers).catch((refusal: unknown) => {
              // What is wrong with the file no answer mends: all of it is told, place by place.
              if (asking.archive === undefined || !isOfFile(refusal)) throw refusal
              setRefused({ refusal, archive: asking.archive })
              return undefined
            })
            setAsking(undefined)
            if (id !== undefined) await review(async () => id)
          }}
        />
      )}
      {installing === undefined ? null : (
        <InstallDialog template={installing} onClose={() => setInstalling(undefined)} />
      )}
      {leaving === undefined ? null : (
        <UninstallDialog
          template={leaving}
          onClose={() => setLeaving(undefined)}
          onDraft={() => {
            setLeaving(undefined)
            void review(() => draftOf(leaving.name, 'uninstall'))
          }}
        />
      )}
      <RefusedSheet
        refusal={refused?.refusal}
        {...archivePlace}
        hasPointers
        onClose={() => setRefused(undefined)}
      />
      {isSaving ? (
        <SaveSheet taken={(query.data ?? []).map(({ name }) => name)} onClose={() => setSaving(false)} />
      ) : null}
      {isCleaning ? <DemoDialog onClose={() => setCleaning(false)} /> : null}
    </Page>
  )
}

/** What was refused, and the archive that it was about. */
interface Refused {
  readonly refusal: unknown
  readonly archive: unknown
}

/** What is asked before a draft opens. */
interface Asking {
  readonly title: string
  readonly parameters: readonly Parameter[]
  readonly answers: Answers
  /** @returns the id of a changeset */
  readonly send: (answers: Answers) => Promise<string>
  /** The file that asks; absent where a template of the house does. */
  readonly archive?: unknown
}

const isOfFile = (refusal: unknown): boolean => {
  const faults = faultsIn(refusal)
  return faults.length > 0 && faults.every(({ path }) => !path.startsWith('/answers'))
}

/** What an archive asks; what is wrong with it the server says. */
function askedBy(archive: unknown): readonly Parameter[] {
  const asked = valueAt(archive, ['manifest', 'parameters'])
  return Array.isArray(asked) && asked.every(isParameter) ? (asked as readonly Parameter[]) : []
}

const TYPES: ReadonlySet<unknown> = new Set(['text', 'integer', 'select', 'boolean', 'list', 'color'])

const isParameter = (one: unknown): boolean =>
  isObject(one) && typeof one.name === 'string' && TYPES.has(one.type)

/** Undefined for what is no JSON: the server says what is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
