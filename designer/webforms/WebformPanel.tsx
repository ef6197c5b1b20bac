import { useQuery } from '@tanstack/react-query'
import { QRCode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { listWebforms, type WebformItem } from './api.ts'
import './webforms.css'

/** A web form in force: what came in by it, where it stands, how a site shows it, and how it looks. */
export function WebformPanel({ name }: { readonly name: string }) {
  const { t, i18n } = useTranslation()
  const forms = useQuery({ queryKey: ['meta', 'webforms', i18n.language], queryFn: listWebforms })
  const form = forms.data?.find((one) => one.name === name)
  if (forms.isError) return <p className="t13 bad">{t('webforms.failed')}</p>
  if (form === undefined) return null
  return (
    <section className="webform-panel" aria-label={t('webforms.title')}>
      <Counts form={form} />
      <Ways form={form} />
      <h2 className="h3">{t('webforms.preview')}</h2>
      <iframe
        className="webform-preview"
        title={t('webforms.preview')}
        src={`${form.path}?embed=1&preview=1&lang=${i18n.language}`}
      />
    </section>
  )
}

function Counts({ form: { open, counts } }: { readonly form: WebformItem }) {
  const { t } = useTranslation()
  const figures = ['created', 'updated', 'week', 'trapped'] as const
  return (
    <>
      <dl className="webform-counts">
        {figures.map((key) => (
          <div key={key}>
            <dt className="t12 ink-3">{t(`webforms.${key}`)}</dt>
            <dd className="num">{counts[key]}</dd>
          </div>
        ))}
      </dl>
      <p className="t13 ink-2">
        {t(open ? 'webforms.open' : 'webforms.closed')}
        {counts.lastAt === null ? null : (
          <>
            {' · '}
            {t('webforms.last')} <InstantText instant={counts.lastAt} />
          </>
        )}
      </p>
    </>
  )
}

/** The form's address as link and QR code, and the snippets for other sites. */
function Ways({ form: { path, label, sites } }: { readonly form: WebformItem }) {
  const { t } = useTranslation()
  const address = window.location.origin + path
  const title = label.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return (
    <div className="webform-ways">
      <div className="grow">
        <Snippet label={t('webforms.link')} text={address} />
        <Snippet
          label={t('webforms.script')}
          text={`<script src="${address}/embed.js" data-title="${title}" async></script>`}
        />
        <Snippet
          label={t('webforms.iframe')}
          text={`<iframe src="${address}?embed=1" title="${title}" style="width:100%;height:720px;border:0"></iframe>`}
        />
        <p className="t12 ink-3">
          {sites.length === 0 ? t('webforms.noSites') : t('webforms.sites', { sites: sites.join(', ') })}
        </p>
      </div>
      <figure className="webform-code">
        <div aria-hidden="true">
          <QRCode value={address} size={144} type="svg" color="#000000" bgColor="#ffffff" />
        </div>
        <figcaption className="t12 ink-3">{t('webforms.code')}</figcaption>
      </figure>
    </div>
  )
}

function Snippet({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div className="webform-snippet">
      <span className="t12 ink-3">{label}</span>
      <div className="row">
        <code className="mono grow">{text}</code>
        {'clipboard' in navigator ? ( // only on https and on this machine
          <Button
            size="small"
            icon={<Icon name={isCopied ? 'check' : 'link'} size="small" />}
            aria-label={`${t('webforms.copy')}: ${label}`}
            onClick={() => void copy()}
          >
            {t(isCopied ? 'webforms.copied' : 'webforms.copy')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
