import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { type Screenshot, screenshotAddress, type TemplateItem } from './api.ts'

/** The pictures that are for who reads a language; all where none is. */
export function picturesFor(template: TemplateItem, language: string): readonly Screenshot[] {
  const fitting = template.screenshots.filter(
    (one) => one.language === undefined || one.language === language,
  )
  return fitting.length > 0 ? fitting : template.screenshots
}

/** One picture large, and the choice of the others. */
export function Pictures({ template }: { readonly template: TemplateItem }) {
  const { i18n } = useTranslation()
  const [chosen, setChosen] = useState(0)
  const pictures = picturesFor(template, i18n.language)
  const shown = pictures[chosen] ?? pictures[0]
  if (shown === undefined) return null
  const words = ({ label, file }: Screenshot): string => textIn(label, i18n.language, file)
  return (
    <figure className="template-pictures">
      <img src={screenshotAddress(template.name, shown.file)} alt={words(shown)} width={1280} height={800} />
      <figcaption className="t13 ink-3">{words(shown)}</figcaption>
      {pictures.length < 2 ? null : (
        <div className="row">
          {pictures.map((one, at) => (
            <button
              key={one.file}
              type="button"
              className="template-thumb"
              aria-pressed={one === shown}
              aria-label={words(one)}
              onClick={() => setChosen(at)}
            >
              <img src={screenshotAddress(template.name, one.file)} alt="" loading="lazy" />
            </button>
          ))}
        </div>
      )}
    </figure>
  )
}
