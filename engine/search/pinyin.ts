import { createRequire } from 'node:module'
import { NAME_READING } from '../../metadata/name-for.ts'

/** One way to read a stretch of Chinese: its syllables without tones, ü written v as on a keyboard. */
export type Reading = readonly string[]

type Pinyin = (
  text: string,
  options: Omit<typeof NAME_READING, 'surname'> & { surname: 'head' | 'off' },
) => string[]

const require = createRequire(import.meta.url)
let loaded: Pinyin | undefined

// Its dictionaries take some 45 ms and 25 MB, so a workspace without Chinese never loads them. Synchronous, since
// tokens are built while a record is planned.
function pinyin(): Pinyin {
  loaded ??= (require('pinyin-pro') as { pinyin: Pinyin }).pinyin
  return loaded
}

/** Only names start with a surname, and names are short. */
const MAX_NAME_LENGTH = 4

/**
 * How a run of Chinese characters is read: as words in context (重庆 chong qing), and where a short run may be a
 * person's name also with the surname's own reading (单小雨 shan); ü once as v and once as u.
 */
export function readingsOf(run: string): readonly Reading[] {
  const read = (surname: 'head' | 'off') => pinyin()(run, { ...NAME_READING, surname })
  const readings = run.length <= MAX_NAME_LENGTH ? [read('off'), read('head')] : [read('off')]
  const distinct = new Map<string, Reading>()
  for (const reading of readings) {
    for (const variant of [reading, reading.map((syllable) => syllable.replace('v', 'u'))]) {
      if (variant.length > 0) distinct.set(variant.join(' '), variant)
    }
  }
  return [...distinct.values()]
}

const HAN = /^\p{Script=Han}$/u
const sounds = new Map<string, string>()

/** How one character is read by itself, without its tone, ü as u; undefined for what is no Chinese character. */
export function soundOf(character: string): string | undefined {
  if (!HAN.test(character)) return undefined
  let sound = sounds.get(character)
  if (sound === undefined) {
    sound = readingsOf(character)[0]?.join('').replace('v', 'u') ?? ''
    sounds.set(character, sound) // there are some 100,000 characters at most
  }
  return sound === '' ? undefined : sound
}
