import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import {
  type FurtherWords,
  WORD_PARTS,
  type WordPart,
  type Words,
  type WordsByTag,
} from '../registry/words.ts'
import { furtherLanguages } from './languages.ts'

/** What is wrong with one text, beyond its being one. */
type FaultOf = (part: WordPart, key: string, text: string) => LocalText | undefined

type Files = Readonly<Record<WordPart, Words>> & { readonly besides: string | undefined }

/**
 * What the folders of further languages say for the engine: `de/problems.json` and its like, each may be absent. Where a
 * language names another one `besides`, that fills what it lacks.
 * @param faultOf looks at each text
 * @throws AppError START_LANGUAGE_FILE_INVALID for every file that is none of texts
 */
export function readFurtherWords(folder: string, faultOf: FaultOf = () => undefined): WordsByTag {
  const problems: Problem[] = []
  const found = new Map(
    furtherLanguages(folder).map((tag) => [tag, filesOf(join(folder, tag), problems, faultOf)]),
  )
  if (problems.length > 0) throw new AppError(problems)
  return new Map([...found.keys()].map((tag) => [tag.toLowerCase(), wordsOf(found, tag)]))
}

function filesOf(folder: string, problems: Problem[], faultOf: FaultOf): Files {
  const parts = WORD_PARTS.map((part) => {
    const file = join(folder, `${part}.json`)
    return [
      part,
      existsSync(file) ? textsIn(file, problems, (key, text) => faultOf(part, key, text)) : {},
    ] as const
  })
  const { besides } = readObject(join(folder, 'language.json'), problems)
  return {
    ...(Object.fromEntries(parts) as Record<WordPart, Words>),
    besides: typeof besides === 'string' ? besides : undefined,
  }
}

function wordsOf(found: ReadonlyMap<string, Files>, tag: string): FurtherWords {
  const own = found.get(tag)!
  const other = own.besides === undefined || own.besides === tag ? undefined : found.get(own.besides)
  const parts = WORD_PARTS.map((part) => [part, Object.freeze({ ...other?.[part], ...own[part] })])
  return Object.freeze({ ...(Object.fromEntries(parts) as Record<WordPart, Words>), tag })
}

function textsIn(
  file: string,
  problems: Problem[],
  faultOf: (key: string, text: string) => LocalText | undefined,
): Words {
  const read = readObject(file, problems)
  for (const [key, text] of Object.entries(read)) {
    const fault =
      typeof text === 'string' ? faultOf(key, text) : { en: 'this is no text', 'zh-CN': '不是文字' }
    if (fault === undefined) continue
    problems.push(unusable(file, { en: `${key}: ${fault.en}`, 'zh-CN': `${key}：${fault['zh-CN']}` }))
  }
  return read as Words
}

function readObject(file: string, problems: Problem[]): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof read === 'object' && read !== null && !Array.isArray(read))
      return read as Readonly<Record<string, unknown>>
    problems.push(unusable(file, { en: 'it is not a JSON object', 'zh-CN': '不是 JSON 对象' }))
  } catch (fault) {
    problems.push(unusable(file, (fault as Error).message))
  }
  return {}
}

const unusable = (file: string, reason: string | LocalText): Problem =>
  problem('START_LANGUAGE_FILE_INVALID', '', { params: { file, reason } })
