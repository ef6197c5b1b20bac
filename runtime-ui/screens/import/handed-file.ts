let handed: { readonly entity: string; readonly file: File } | undefined

/** Hands a file over to the page that imports it; an address can carry none. */
export function handFile(entity: string, file: File): void {
  handed = { entity, file }
}

/** The file that was handed over for an entity, once. */
export function takeFile(entity: string): File | undefined {
  const file = handed?.entity === entity ? handed.file : undefined
  handed = undefined
  return file
}
