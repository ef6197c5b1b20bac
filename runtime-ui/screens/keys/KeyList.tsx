import { useTranslation } from 'react-i18next'
import { KEYS, type KeyPlace } from './keys.ts'
import './keys.css'

/** The keys that act in one place. */
export function KeyList({ place }: { readonly place: KeyPlace }) {
  const { t } = useTranslation()
  return (
    <section className="keys">
      <h3 className="h3">{t(`keys.${place}`)}</h3>
      <dl>
        {Object.entries<readonly string[]>(KEYS[place]).map(([act, list]) => (
          <div key={act} className="row">
            <dt className="grow">{t(`keys.${place}.${act}`)}</dt>
            <dd className="row">
              {list.map((key) => (
                <kbd key={key}>{key.trim()}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
