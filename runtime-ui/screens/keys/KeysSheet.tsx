import { useTranslation } from 'react-i18next'
import { Sheet } from '../../kit/Sheet.tsx'
import { MOD_KEY } from '../../kit/use-shortcut.ts'
import './keys.css'

/** Keys by where they act; those that are pressed together stand in one list. */
const KEYS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  everywhere: { search: [MOD_KEY, 'K'], map: ['?'], close: ['Esc'] },
  list: {
    find: ['/'],
    create: ['C'],
    rows: ['↑', '↓', 'J', 'K'],
    open: ['↵'],
    peek: ['Space'],
    choose: ['X'],
    range: ['⇧', 'X'],
    column: ['⇧', '←', '→'],
    call: ['L'],
    copy: [MOD_KEY, 'C'],
    paste: [MOD_KEY, 'V'],
  },
  board: { card: ['←', '→'], day: ['⇧', '←', '↑', '→', '↓'] },
  record: { edit: ['E'], neighbours: ['J', 'K'], call: ['L'], task: ['T'], note: ['N'], meeting: ['M'] },
  form: { save: [MOD_KEY, 'S'], send: [MOD_KEY, '↵'] },
}

/** The map of the keys. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet open title={t('keys.title')} onClose={onClose}>
      {Object.entries(KEYS).map(([place, keys]) => (
        <section key={place} className="keys">
          <h3 className="h3">{t(`keys.${place}`)}</h3>
          <dl>
            {Object.entries(keys).map(([act, list]) => (
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
      ))}
    </Sheet>
  )
}
