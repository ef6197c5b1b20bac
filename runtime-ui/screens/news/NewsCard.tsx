import { useTranslation } from 'react-i18next'
import { useArrange } from '../../api/own-settings.ts'
import type { News } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { formatDate } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { today, wallClockOf } from '../../kit/zoned.ts'
import { useRefusal } from '../record/use-delete.ts'
import './news.css'

/** @param news newest first, at least one */
export function NewsCard({ news }: { readonly news: readonly News[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useWork().model
  const arrange = useArrange()
  const refuse = useRefusal()
  const dayOf = ({ published_at }: News): string =>
    formatDate(wallClockOf(published_at, timeZone).date, language, today(timeZone))
  const putAway = (): void => {
    document.getElementById('main')?.focus() // the button goes, and with it what had the focus
    void arrange({ news_seen: Math.max(...news.map(({ version }) => version)) }).catch(refuse)
  }
  return (
    <section className="news no-print" aria-label={t('news.title')}>
      <h2 className="news-head t13 strong">
        <Icon name="megaphone" />
        {t('news.since', { day: dayOf(news[news.length - 1]!) })}
      </h2>
      {news.map((one) => (
        <p key={one.version} className="news-text t13">
          {one.text}
        </p>
      ))}
      <Button className="news-done" onClick={putAway}>
        {t('news.done')}
      </Button>
    </section>
  )
}
