import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../../i18n/index.ts'
import { useBrand } from '../../kit/brand.ts'
import { Joinery } from '../../kit/Joinery.tsx'
import { LanguageChoice } from '../../kit/LanguageChoice.tsx'
import { Mark } from '../../kit/Mark.tsx'
import { useLanguage } from '../../kit/model-context.tsx'

/** A page before one is in: what it asks at the left, the joint at the right. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { logo } = useBrand()
  useEffect(() => {
    document.title = `${title} · Tenon`
  }, [title])
  return (
    <div className="sign-in">
      <main className="sign-in-side">
        <div className="row sign-in-brand">
          <Mark size={28} />
          {logo === null ? <b className="h2">Tenon</b> : null}
        </div>
        {children}
        <LanguageFoot />
      </main>
      <aside className="sign-in-art">
        <Joinery />
        <p className="sign-in-motto ink-2">
          <b lang="zh-CN">榫</b>
          {t('signIn.motto')}
        </p>
      </aside>
    </div>
  )
}

function LanguageFoot() {
  const language = useLanguage()
  return (
    <footer className="row">
      <LanguageChoice value={language} onChange={(tag) => void changeLanguage(tag)} />
    </footer>
  )
}
