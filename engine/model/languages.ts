import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityDefinition } from '../../metadata/types.ts'
import type { Language } from '../errors.ts'

/** Where the folders of languages stand. */
export const LANGUAGES_FOLDER = join(import.meta.dirname, '..', '..', 'languages')
const TAG = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/

/** The languages in which the engine itself speaks; of further ones it says what their folders have. */
export const SPOKEN: readonly Language[] = ['en', 'zh-CN']

/** Those besides that have a folder there, by the name of it. */
export const furtherLanguages = (folder: string): readonly string[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((tag) => TAG.test(tag) && !SPOKEN.some((one) => one === tag))
    .filter((tag) => existsSync(join(folder, tag, 'language.json')))
    .sort()

/** The languages that the pages can be read in besides. */
export const FURTHER_LANGUAGES: readonly string[] = furtherLanguages(LANGUAGES_FOLDER)

/** What the speakers of a language call it. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}

/** The entity of users with further languages among those that their account may keep. */
export function withLanguages(user: EntityDefinition, tags: readonly string[]): EntityDefinition {
  const fields = user.fields.map((field) =>
    field.name === 'language' && Array.isArray(field.options)
      ? { ...field, options: [...field.options, ...tags.map(optionOf)] }
      : field,
  )
  return { ...user, fields } as EntityDefinition
}

const optionOf = (tag: string) => ({ id: optionId(tag), name: tag, label: languageName(tag) })

/** An id of the engine's own that a tag has again at every start. */
function optionId(tag: string): string {
  const hash = createHash('sha256').update(tag).digest('hex')
  return `00000000-0000-7000-8000-f${hash.slice(0, 11)}`
}

/** The language in which the engine speaks to who reads another one: any Chinese in Chinese, else English. */
export function spokenTo(tag: string): Language {
  return tag.toLowerCase().split('-')[0] === 'zh' ? 'zh-CN' : 'en'
}
