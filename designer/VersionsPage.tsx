import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { InstantText } from '../runtime-ui/kit/DateText.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { listVersions, type Version } from './api.ts'
import { Listed } from './Listed.tsx'

/** What was published, newest first. */
export function VersionsPage() {
  const { t } = useTranslation()
  const versions = useQuery({ queryKey: ['meta', 'versions'], queryFn: listVersions })
  return (
    <Page
      title={t('designer.versions')}
      line
      beside={<span className="count num">{versions.data?.length}</span>}
    >
      <Listed query={versions} failed="designer.versionsFailed">
        <ol className="definitions">
          {(versions.data ?? []).map((version, index) => (
            <VersionRow key={version.version} version={version} inForce={index === 0} />
          ))}
        </ol>
      </Listed>
    </Page>
  )
}

function VersionRow({ version, inForce }: { readonly version: Version; readonly inForce: boolean }) {
  const { t } = useTranslation()
  const by = version.published_by
  const who = by === null ? t('history.system') : (by.label ?? t('record.somebody'))
  return (
    <li className="definition-row" data-version={version.version}>
      <span className="num strong version-number">{version.version}</span>
      <span className="grow cut">{version.label || t('designer.unnamed')}</span>
      {inForce ? <span className="chip jade">{t('designer.inForce')}</span> : null}
      <span className="t12 ink-3 nowrap no-phone">{who}</span>
      <span className="t12 ink-3 nowrap">
        <InstantText instant={version.published_at} />
      </span>
    </li>
  )
}
