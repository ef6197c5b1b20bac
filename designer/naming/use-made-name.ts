import { useEffect, useRef, useState } from 'react'
import { nameFor, type ReadChinese } from '../../metadata/name-for.ts'
import { freshName } from '../inspector/controls/fresh-name.ts'
import { useReadChinese } from './read-chinese.ts'

type Texts = Readonly<Record<string, string>>

/**
 * A name for what people call something in several languages: of the English words if there are any, else of the first
 * others that can be read, else numbered; '' where it is not called anything.
 * @param taken names that it cannot have
 */
export function madeName(
  labels: Texts,
  read: ReadChinese,
  { stem, taken }: { readonly stem: string; readonly taken: readonly string[] },
): string {
  const words = inOrder(labels)
  if (words.length === 0) return ''
  const name = words.map((label) => nameFor(label, read, stem)).find((one) => one !== undefined)
  const others = taken.map((one) => ({ name: one }))
  return name ?? freshName(stem, others)
}

/** The same while somebody types, who may name it otherwise: nothing stands there before the readings have come. */
export function useMadeName(labels: Texts, of: { readonly stem: string; readonly taken: readonly string[] }) {
  const read = useReadChinese(readFirst(inOrder(labels)))
  return { name: read === undefined ? '' : madeName(labels, read, of), isReading: read === undefined }
}

/** Of several words those that the name is made of: none have to be read where the first have letters. */
function readFirst(words: readonly string[]): string {
  const [first = ''] = words
  return nameFor(first, () => []) === undefined ? words.join(' ') : first
}

/** Does something once a name can be made: at once where it can, else when what is read has come. */
export function useWhenRead(isReading: boolean, act: () => void): () => void {
  const [isAsked, setIsAsked] = useState(false)
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (!isAsked || isReading) return
    setIsAsked(false)
    latest.current()
  }, [isAsked, isReading])
  return () => (isReading ? setIsAsked(true) : act())
}

const inOrder = ({ en = '', ...others }: Texts): readonly string[] =>
  [en, ...Object.values(others)].filter((label) => label.trim() !== '')
