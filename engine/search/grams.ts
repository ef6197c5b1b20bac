/** Every stretch of `size` characters of a text; a text that is shorter has none. */
export function grams(text: string, size: number): string[] {
  const characters = charactersOf(text)
  const found: string[] = []
  for (let at = 0; at + size <= characters.length; at++) {
    found.push(
      typeof characters === 'string'
        ? characters.slice(at, at + size)
        : characters.slice(at, at + size).join(''),
    )
  }
  return found
}

/** The text as something that can be counted and cut by characters: half of a surrogate pair is no token. */
export function charactersOf(text: string): string | string[] {
  return /\p{Surrogate}|[\u{10000}-\u{10ffff}]/u.test(text) ? [...text] : text
}

/** The first characters of a text. */
export function beginning(text: string, size: number): string {
  const characters = charactersOf(text)
  return typeof characters === 'string' ? characters.slice(0, size) : characters.slice(0, size).join('')
}
