/**
 * `npm run language -- de`: begins a folder for a language, each file with every text in English to be translated, or adds
 * to one that is there what has come since. What is translated stays.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ENGLISH, type Texts } from './english.ts'

/** Writes the files of a language. @returns how many texts were added to them */
export function beginLanguage(folder: string, tag: string): number {
  const home = join(folder, tag)
  mkdirSync(home, { recursive: true })
  const facts = join(home, 'language.json')
  if (!existsSync(facts))
    write(facts, { name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag })
  return Object.entries(ENGLISH).reduce((added, [part, english]) => {
    const file = join(home, `${part}.json`)
    const own = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Texts) : {}
    const lacking = Object.entries(english).filter(([key]) => !Object.hasOwn(own, key))
    if (lacking.length > 0) write(file, { ...own, ...Object.fromEntries(lacking) })
    return added + lacking.length
  }, 0)
}

const write = (file: string, value: object): void =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [tag = ''] = process.argv.slice(2)
  if (!/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(tag)) {
    console.error('Which language? For example: npm run language -- de')
    process.exitCode = 1
  } else {
    const added = beginLanguage(import.meta.dirname, tag)
    console.info(`languages/${tag}: ${added} texts to translate. Then start Tenon anew: it builds the pages.`)
  }
}
