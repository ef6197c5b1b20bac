import { useEffect, useRef, useState } from 'react'
import { NAME_READING, type ReadChinese } from '../../metadata/name-for.ts'

const HAN = /\p{Script=Han}/u
/** Without dictionaries nothing is read: such names are numbered. */
const UNREAD: ReadChinese = () => []

let loaded: ReadChinese | undefined

/** The dictionaries come when Chinese is first written where a name is made of it; without them names are numbered. */
export async function loadReadChinese(): Promise<ReadChinese> {
  if (loaded !== undefined) return loaded
  try {
    const { pinyin } = await import('pinyin-pro')
    loaded = (run) => pinyin(run, NAME_READING)
    return loaded
  } catch (error) {
    console.warn('The readings of Chinese did not come: names are numbered.', error)
    return UNREAD
  }
}

/** How words are read; undefined while that is on its way. Words without Chinese need no dictionary. */
export function useReadChinese(words: string): ReadChinese | undefined {
  const [read, setRead] = useState<ReadChinese | undefined>(() => loaded)
  const isAsked = HAN.test(words)
  useEffect(() => {
    if (isAsked) void loadReadChinese().then((reader) => setRead(() => reader))
  }, [isAsked])
  return isAsked ? read : UNREAD
}

/** Does something with words and how they are read, at once where that is known, as it then stands where it is not yet. */
export function useReading(act: (words: string, read: ReadChinese) => void) {
  const [isReading, setIsReading] = useState(false)
  const latest = useRef(act)
  latest.current = act
  const readThen = (words: string): void => {
    const read = HAN.test(words) ? loaded : UNREAD
    if (read !== undefined) {
      act(words, read)
      return
    }
    setIsReading(true)
    void loadReadChinese().then((reader) => {
      setIsReading(false)
      latest.current(words, reader)
    })
  }
  return { readThen, isReading }
}
