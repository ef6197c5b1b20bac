import type { FormPage } from './types.ts'

export type Tell = (key: keyof FormPage['texts'], n?: number | string) => string

/** What the page says by itself, in the words that came with it: those of one language. */
export function tellOf({ texts }: FormPage): Tell {
  return (key, n = '') => texts[key].replace('{n}', String(n))
}
