/** A name for definitions out of a label: `Key account managers` → `key_account_managers`; '' where it has no letters. */
export function nameFrom(label: string): string {
  return label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)
}
