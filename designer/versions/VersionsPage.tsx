import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { listVersions, type Version } from '../api.ts'
import { RowsToBring } from '../from-file/RowsToBring.tsx'
import { Listed } from '../Listed.tsx'
import { Preparing } from './Preparing.tsx'
import { RestoreButton } from './RestoreButton.tsx'
import { VersionControl } from './VersionControl.tsx'
import { useVersionLabel } from './version-label.ts'
import '../review/review.css'
import '../review/agreement.css'
import './versions.css'

/** What was published, newest first: each leads to what it changed, and to a draft that goes back to it. */
export function VersionsPage() {
  const { t } = useTranslation()
  const versions = useQuery({ queryKey: ['meta', 'versions'], queryFn: listVersions })
  const list = versions.data ?? []
  return (
    <Page
      title={t('designer.versions')}
      line
      beside={<span className="count num">{versions.data?.length}</span>}
    >
      <RowsToBring />
      <Preparing />
      <Listed query={versions} failed="designer.versionsFailed">
        <ol className="definitions">
          {list.map((version, index) => (
            <VersionRow
              key={version.version}
              version={version}
              before={list[index + 1]?.version}
              inForce={index === 0}
            />
          ))}
        </ol>
      </Listed>
    </Page>
  )
}

interface VersionRowProps {
  readonly version: Version
  /** The version that it followed; undefined for the first. */
  readonly before: number | undefined
  readonly inForce: boolean
}

function VersionRow({ version, before, inForce }: VersionRowProps) {
  const { t } = useTranslation()
  const by = version.published_by
  const who = by === null ? t('history.system') : (by.label ?? t('record.somebody'))
  const label = useVersionLabel()(version)
  return (
    <li className="definition-row version-row" data-version={version.version}>
      <span className="num strong version-number">{version.version}</span>
      {before === undefined ? (
        <span className="grow cut">{label}</span>
      ) : (
        <Link
          className="definition-link grow cut"
          to={`/designer/versions/${before}/${version.version}`}
          title={t('versions.changes')}
        >
          {label}
        </Link>
      )}
      {inForce ? <span className="chip jade">{t('designer.inForce')}</span> : null}
      <span className="t12 ink-3 nowrap no-phone">{who}</span>
      <span className="t12 ink-3 nowrap">
        <InstantText instant={version.published_at} />
      </span>
      {version.control === undefined ? null : <VersionControl control={version.control} />}
      <span className="version-acts">{inForce ? null : <RestoreButton version={version.version} />}</span>
      {version.description === undefined ? null : (
        <p className="version-announced t12 ink-2">{version.description}</p>
      )}
      {version.announcement === undefined ? null : (
        <p className="version-announced t12 ink-2">
          {t('versions.announced', { text: version.announcement })}
        </p>
      )}
    </li>
  )
}
