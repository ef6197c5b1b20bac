import { Input } from 'antd'
import { type ChangeEvent, type CSSProperties, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveBrandSetting } from '../../api/brand.ts'
import { Button } from '../../kit/Button.tsx'
import { refreshBrand, useBrand } from '../../kit/brand.ts'
import { themesIn } from '../../kit/brand-tokens.ts'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import type { Tokens } from '../../kit/theme.ts'
import { toast } from '../../kit/toast.tsx'
import { NotFound } from '../NotFound.tsx'
import './brand.css'
import { readLogo } from './read-logo.ts'

/** Colours to begin with; any other is as good. */
const SUGGESTED = ['#006e76', '#1a56db', '#5b3fd6', '#a3195b', '#b4232a', '#c2570c', '#3f7d20', '#374151']
const COLOUR = /^#[0-9a-f]{6}$/i

/** The brand colour and the logo of the workspace, for who edits settings; shown as they will look before they are kept. */
export function BrandScreen() {
  const { me } = useWork()
  return me.definitions.includes('setting') ? <BrandForm /> : <NotFound />
}

function BrandForm() {
  const { t } = useTranslation()
  const brand = useBrand()
  const [text, setText] = useState(brand.color ?? '')
  const [logo, setLogo] = useState(brand.logo)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const color = COLOUR.test(text) ? text.toLowerCase() : null
  const isBroken = text !== '' && color === null
  const isChanged = color !== brand.color || logo !== brand.logo
  const save = async (): Promise<void> => {
    if (busy || isBroken) return
    setBusy(true)
    setFault(undefined)
    try {
      if (color !== brand.color) await saveBrandSetting('brand_color', color)
      if (logo !== brand.logo) await saveBrandSetting('logo', logo)
      await refreshBrand()
      toast({ text: t('brand.saved') })
    } catch (error) {
      setFault(faultOf(error, t))
    } finally {
      setBusy(false)
    }
  }
  const themes = themesIn(color)
  return (
    <Page
      title={t('settings.brand')}
      line
      acts={
        <Button type="primary" aria-busy={busy} disabled={!isChanged || isBroken} onClick={() => void save()}>
          {t('act.save')}
        </Button>
      }
    >
      <div className="brand-page">
        <FaultNote id="brand-fault" fault={fault} />
        <p className="ink-2">{t('brand.text')}</p>
        <ColourPart text={text} isBroken={isBroken} onText={setText} />
        <LogoPart logo={logo} onLogo={setLogo} onFault={setFault} />
        <section className="brand-part" aria-label={t('brand.preview')}>
          <h2 className="h3">{t('brand.preview')}</h2>
          <div className="brand-previews">
            <Preview tokens={themes.light} logo={logo} theme="light" />
            <Preview tokens={themes.dark} logo={logo} theme="dark" />
          </div>
        </section>
      </div>
    </Page>
  )
}

interface ColourPartProps {
  readonly text: string
  readonly isBroken: boolean
  readonly onText: (text: string) => void
}

function ColourPart({ text, isBroken, onText }: ColourPartProps) {
  const { t } = useTranslation()
  return (
    <section className="brand-part" aria-label={t('brand.colour')}>
      <h2 className="h3">{t('brand.colour')}</h2>
      <div className="row brand-colours">
        {SUGGESTED.map((colour) => (
          <button
            key={colour}
            type="button"
            className="brand-swatch"
            style={{ background: colour }}
            aria-label={t('brand.choose', { colour })}
            aria-pressed={text.toLowerCase() === colour}
            onClick={() => onText(colour)}
          />
        ))}
      </div>
      <div className="row brand-own">
        <input
          type="color"
          className="brand-picker"
          aria-label={t('brand.pick')}
          value={COLOUR.test(text) ? text : SUGGESTED[0]}
          onChange={(event) => onText(event.target.value)}
        />
        <Input
          className="brand-hex"
          aria-label={t('brand.hex')}
          aria-invalid={isBroken}
          aria-describedby="brand-hex-say"
          placeholder="#1a56db"
          status={isBroken ? 'error' : ''}
          value={text}
          onChange={(event) => onText(event.target.value.trim())}
        />
        {text === '' ? null : (
          <Button type="text" onClick={() => onText('')}>
            {t('brand.plain')}
          </Button>
        )}
      </div>
      <p id="brand-hex-say" className={isBroken ? 'field-problem' : 't12 ink-3'}>
        {t(isBroken ? 'brand.broken' : 'brand.readable')}
      </p>
    </section>
  )
}

interface LogoPartProps {
  readonly logo: string | null
  readonly onLogo: (logo: string | null) => void
  readonly onFault: (fault: string | undefined) => void
}

function LogoPart({ logo, onLogo, onFault }: LogoPartProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file === undefined) return
    const read = await readLogo(file)
    onFault(read === undefined ? t('brand.noPicture') : undefined)
    if (read !== undefined) onLogo(read)
  }
  return (
    <section className="brand-part" aria-label={t('brand.logo')}>
      <h2 className="h3">{t('brand.logo')}</h2>
      <div className="row brand-own">
        {logo === null ? null : <img className="brand-logo" src={logo} alt={t('brand.logo')} />}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/webp"
          onChange={(event) => void choose(event)}
        />
        <Button icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
          {t(logo === null ? 'file.choose' : 'file.replace')}
        </Button>
        {logo === null ? null : (
          <Button type="text" onClick={() => onLogo(null)}>
            {t('brand.removeLogo')}
          </Button>
        )}
      </div>
      <p className="t12 ink-3">{t('brand.logoText')}</p>
    </section>
  )
}

interface PreviewProps {
  readonly tokens: Tokens
  readonly logo: string | null
  readonly theme: 'light' | 'dark'
}

/** A piece of a page in a theme, drawn with these tokens alone. */
function Preview({ tokens, logo, theme }: PreviewProps) {
  const { t } = useTranslation()
  const style = Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]))
  return (
    <div className="brand-preview" style={style as CSSProperties} aria-hidden="true">
      <div className="brand-preview-nav">
        {logo === null ? <span className="brand-preview-mark" /> : <img src={logo} alt="" height={20} />}
        <span className="brand-preview-place on">{t('brand.sample')}</span>
        <span className="brand-preview-place">{t(`person.theme.${theme}`)}</span>
      </div>
      <div className="brand-preview-sheet">
        <div className="brand-preview-stages">
          {([1, 2, 3, 4, 5] as const).map((stage) => (
            <span key={stage} style={{ background: tokens[`stage-${stage}`] }} />
          ))}
        </div>
        <span className="brand-preview-row">{t('brand.sample')}</span>
        <span className="brand-preview-link">{t('act.edit')}</span>
        <span className="brand-preview-button">{t('act.save')}</span>
      </div>
    </div>
  )
}
