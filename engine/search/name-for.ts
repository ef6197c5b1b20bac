import { nameFor } from '../../metadata/name-for.ts'
import { readingsOf } from './pinyin.ts'

/** A name for what people call something, Chinese read as words in context; undefined where there is nothing to read. */
export const nameOf = (label: string): string | undefined => nameFor(label, (run) => readingsOf(run)[0] ?? [])
