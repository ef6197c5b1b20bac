/** What a roll-up goes over, such as `quotes.total`: a relation, and the field of its records that counts. */
export function parseOver(over: string): { readonly relation: string; readonly value: string | undefined } {
  const [relation = '', value] = over.split('.')
  return { relation, value }
}
