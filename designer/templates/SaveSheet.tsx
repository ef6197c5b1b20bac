import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { listKinds } from '../api.ts'
import { LabelledName } from '../naming/LabelledName.tsx'
import { useMadeName, useWhenRead } from '../naming/use-made-name.ts'
import { labelText } from '../places.ts'
import { exportWorkspace, saveFile } from './api.ts'
import { kindCounts, savedTemplate, type WorkspaceArchive } from './saved-template.ts'

const NAME = /^[a-z][a-z0-9_]{0,39}$/
const VERSION = /^\d+\.\d+\.\d+$/
/** What may stay at home: nothing else leads to it. */
const OPTIONAL = ['scenario', 'setting'] as const

/** Asks what this workspace is called as a template and what goes in, saves it, and says what was made. */
export function SaveSheet({
  taken,
  onClose,
}: {
  readonly taken: readonly string[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [made, setMade] = useState<Made>()
  return (
    <Sheet
      open
      title={t(made === undefined ? 'templates.saveTitle' : 'templates.savedTitle')}
      onClose={onClose}
    >
      {made === undefined ? (
        <SaveForm taken={taken} onMade={setMade} />
      ) : (
        <MadeNote {...made} onClose={onClose} />
      )}
    </Sheet>
  )
}

interface Made {
  readonly label: string
  readonly file: string
  readonly archive: WorkspaceArchive
}

interface SaveFormProps {
  /** Names of templates that are there. */
  readonly taken: readonly string[]
  readonly onMade: (made: Made) => void
}

function SaveForm({ taken, onMade }: SaveFormProps) {
  const { t } = useTranslation()
  const [label, setLabel] = useState('')
  const [typed, setTyped] = useState<string>()
  const [version, setVersion] = useState('1.0.0')
  const [summary, setSummary] = useState('')
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const read = useMadeName({ label }, { stem: 'template', taken })
  const name = typed ?? read.name
  const faultIn = (): string | undefined => {
    if (label.trim() === '') return t('templates.labelMissing')
    if (!NAME.test(name)) return t('templates.nameInvalid')
    return VERSION.test(version.trim()) ? undefined : t('templates.versionInvalid')
  }
  const save = useWhenRead(read.isReading && typed === undefined, async () => {
    const wrong = faultIn()
    setFault(wrong)
    if (wrong !== undefined) return
    setBusy(true)
    try {
      const words = { name, version: version.trim(), label: label.trim(), summary: summary.trim() }
      const archive = savedTemplate(await exportWorkspace(), words, without)
      const file = `${name}-${words.version}.json`
      saveFile(file, archive)
      onMade({ label: words.label, file, archive })
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isBusy) save()
  }
  return (
    <form className="role-form" onSubmit={submit} noValidate>
      <p className="ink-2">{t('templates.saveText')}</p>
      <FaultNote id="save-fault" fault={fault} />
      <LabelledName
        id="save"
        {...{ label, typed }}
        name={name}
        words={{
          label: t('templates.saveLabel'),
          example: t('templates.saveExample'),
          nameIs: t('templates.nameIs'),
          name: t('templates.name'),
          nameHelp: t('templates.nameHelp'),
        }}
        onLabel={setLabel}
        onName={setTyped}
      />
      <div className="field">
        <label htmlFor="save-version">{t('templates.version')}</label>
        <Input
          id="save-version"
          autoComplete="off"
          inputMode="decimal"
          maxLength={20}
          value={version}
          aria-describedby="save-version-help"
          onChange={({ target }) => setVersion(target.value)}
        />
        <p id="save-version-help" className="t12 ink-3">
          {t('templates.versionHelp')}
        </p>
      </div>
      <div className="field">
        <label htmlFor="save-summary">{t('templates.summary')}</label>
        <Input.TextArea
          id="save-summary"
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          value={summary}
          onChange={({ target }) => setSummary(target.value)}
        />
      </div>
      <fieldset className="field template-goes">
        <legend>{t('templates.goesIn')}</legend>
        <Checkbox checked disabled>
          {t('templates.goes.model')}
        </Checkbox>
        {OPTIONAL.map((kind) => (
          <Checkbox
            key={kind}
            checked={!without.has(kind)}
            onChange={({ target }) => {
              const others = [...without].filter((one) => one !== kind)
              setWithout(new Set(target.checked ? others : [...others, kind]))
            }}
          >
            {t(`templates.goes.${kind}`)}
          </Checkbox>
        ))}
        <p className="t12 ink-3">{t('templates.goesNot')}</p>
      </fieldset>
      <span className="row">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t('templates.saveIt')}
        </Button>
      </span>
    </form>
  )
}

/** What was made, and what one does with it. */
function MadeNote({ label, file, archive, onClose }: Made & { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const kindOf = (kind: string): string =>
    labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)
  return (
    <div className="template-made" role="status">
      <p className="row strong">
        <Icon name="check" />
        <span>{t('templates.savedAs', { label, version: String(archive.manifest.version) })}</span>
      </p>
      <p className="mono t13">{file}</p>
      <dl className="template-counts t13">
        {kindCounts(archive).map(([kind, count]) => (
          <div key={kind}>
            <dt className="ink-3">{kindOf(kind)}</dt>
            <dd className="num">{count}</dd>
          </div>
        ))}
      </dl>
      <p className="ink-2">{t('templates.savedThen')}</p>
      <span className="row">
        <Button type="primary" onClick={onClose}>
          {t('act.close')}
        </Button>
        <Button icon={<Icon name="download" />} onClick={() => saveFile(file, archive)}>
          {t('templates.saveAgain')}
        </Button>
      </span>
    </div>
  )
}
