import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Nothing for 150 ms, then true: quick answers show no skeleton at all. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), 150)
    return () => clearTimeout(timer)
  }, [waiting])
  return slow && waiting
}

const WIDTHS = [62, 48, 70, 55, 40, 66, 52, 44]

/** Bars at the height of real rows, fading down; no shimmer. */
export function LoadingRows({ rows = 8 }: { readonly rows?: number }) {
  const { t } = useTranslation()
  const slow = useSlow(true)
  return (
    <div className="loading" aria-busy="true" role="status">
      <span className="visually-hidden">{t('state.loading')}</span>
      {slow
        ? [...Array(rows).keys()].map((index) => (
            <div key={index} className="loading-row" style={{ opacity: 1 - index / (rows + 1) }}>
              <i className="bar-mark" />
              <i className="bar-line" style={{ width: `${WIDTHS[index % WIDTHS.length]}%` }} />
              <i className="bar-end" />
            </div>
          ))
        : null}
    </div>
  )
}
